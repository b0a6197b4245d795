package dev.mayfly.asynchronous;

import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.VersionSelector;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invocation that is to be accepted.
 *
 * @param function to invoke
 * @param selector which version of it; an alias is resolved anew for each attempt
 * @param arguments for the program, behind its name and those of the configuration
 * @param input the standard input, or for a reactor the JSON array of its function's arguments: the buffer's
 *     remaining bytes, which nobody changes afterwards
 * @param callback where the result is announced; null for nowhere
 * @param idempotencyKey 1 to 255 characters: of several submissions to a function with the same key only the first
 *     counts; null for none
 * @param notBefore when it may run at the earliest; null for at once
 * @param source who asks, 1 to 120 characters: {@code api} or for example {@code schedule:nightly}
 */
public record Submission(
        FunctionName function,
        VersionSelector selector,
        List<String> arguments,
        ByteBuffer input,
        @Nullable URI callback,
        @Nullable String idempotencyKey,
        @Nullable Instant notBefore,
        String source) {

    /** The source of what clients ask for. */
    public static final String API = "api";

    public Submission {
        arguments = List.copyOf(arguments);
    }

    /** A submission to run at once, with neither callback nor key. */
    public static Submission of(FunctionName function, VersionSelector selector, ByteBuffer input, String source) {
        return new Submission(function, selector, List.of(), input, null, null, null, source);
    }
}
