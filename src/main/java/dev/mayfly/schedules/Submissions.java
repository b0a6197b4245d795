package dev.mayfly.schedules;

import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.VersionSelector;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes the invocations that schedules ask for, to be run later. */
interface Submissions {

    /**
     * An invocation to be made.
     *
     * @param schedule its name
     * @param input standard input: the remaining bytes
     * @param callback where its result goes; null if nowhere
     * @param key the same for the same firing
     */
    record Order(
            FunctionName function,
            String schedule,
            VersionSelector version,
            List<String> args,
            ByteBuffer input,
            @Nullable String callback,
            String key) {}

    /**
     * Takes an invocation; the same one again where the key was used before.
     *
     * @return its id
     * @throws RefusedException if it is not taken
     */
    UUID submit(Order order) throws RefusedException;

    /** Whether an invocation waits or runs. */
    boolean isUnfinished(UUID invocation);

    /** An invocation is not taken. */
    final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final String reason;

        /**
         * A refusal.
         *
         * @param reason the type of the problem
         */
        RefusedException(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
