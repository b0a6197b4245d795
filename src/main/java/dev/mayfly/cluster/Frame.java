package dev.mayfly.cluster;

import dev.mayfly.invocations.InvocationResult;
import java.nio.ByteBuffer;

/**
 * A part of the answer to an order. An answer is {@link Loaded}, {@link Started}, any number of {@link Output}, {@link
 * Result}; of these the first two are left out if it did not come so far. What ends without a result was lost.
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

    /**
     * The end.
     *
     * @param result what came of it; never {@code Lost}
     * @param inputBytes how much of its input the worker received
     * @param stderr the last that the instance wrote to its standard error
     * @param load of the worker, now
     */
    record Result(InvocationResult result, long inputBytes, String stderr, WorkerLoad load) implements Frame {}
}
