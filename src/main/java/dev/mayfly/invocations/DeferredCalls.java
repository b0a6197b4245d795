package dev.mayfly.invocations;

import java.util.UUID;

/** Accepts calls that are made later, without anybody waiting. Provided by whoever can keep them. */
public interface DeferredCalls {

    /** How long an input may be, in bytes, besides what its function allows. */
    long maxInputBytes();

    /**
     * Accepts a call. It is stored durably when this returns.
     *
     * @return the id of its invocation
     */
    UUID accept(DeferredCall call);
}
