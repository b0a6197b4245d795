package dev.mayfly.cluster;

import dev.mayfly.archives.ArchiveSummary;
import dev.mayfly.invocations.InvocationResult;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A part of the answer to an order. An answer is {@link Loaded}, {@link Started}, any number of {@link Output}, {@link
 * Settling}, any number of {@link Archive}, {@link Result}; of these the first two are left out if it did not come so far,
 * and those between output and result if no archive is wanted. What ends without a result was lost.
 */
public sealed interface Frame {

    /**
     * The worker has what running the instance takes.
     *
     * @param engine that will run it
     * @param cold whether the module had to be made executable first
     */
    record Loaded(String engine, boolean cold) implements Frame {}

    /** The instance begins: its time counts from now. */
    record Started() implements Frame {}

    /**
     * The next bytes of standard output.
     *
     * @param bytes to be read; at least one
     */
    record Output(ByteBuffer bytes) implements Frame {}

    /** The instance has ended; what it left in its files is archived, which takes time that does not count. */
    record Settling() implements Frame {}

    /**
     * The next bytes of the archive of its files.
     *
     * @param bytes to be read; at least one
     */
    record Archive(ByteBuffer bytes) implements Frame {}

    /**
     * The end.
     *
     * @param result what came of it; never {@code Lost}
     * @param inputBytes how much of its input the worker received
     * @param stderr the last that the instance wrote to its standard error
     * @param load of the worker, now
     * @param archive what became of the archive of its files; kept means that it was sent. Null if none was wanted
     */
    record Result(
            InvocationResult result,
            long inputBytes,
            String stderr,
            WorkerLoad load,
            @Nullable ArchiveSummary archive) implements Frame {

        /** Of an execution whose files nobody wants. */
        public Result(InvocationResult result, long inputBytes, String stderr, WorkerLoad load) {
            this(result, inputBytes, stderr, load, null);
        }
    }
}
