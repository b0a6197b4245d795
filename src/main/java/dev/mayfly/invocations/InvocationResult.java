package dev.mayfly.invocations;

import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.scheduling.Job;
import java.time.Duration;

/** What came of an invocation. */
public sealed interface InvocationResult {

    /** An instance was made and has ended. */
    record Ran(Execution execution, Timing timing) implements InvocationResult {}

    /** Its slot was not granted. */
    record NotRun(Job.Drop why) implements InvocationResult {}

    /** It was ended while its module was being loaded. */
    record Stopped(Interruption.Reason why) implements InvocationResult {}

    /** Whoever ran it was lost, and nobody knows how far it came. */
    record Lost() implements InvocationResult {}

    /** Its arguments do not fit; the message is for the client. */
    record ArgumentsRefused(String message) implements InvocationResult {}

    /** The engine that was to run it does not take its module; the message is for the client. */
    record ModuleRefused(String message) implements InvocationResult {}

    /** The platform failed; the log says how. */
    record Failed() implements InvocationResult {}

    /**
     * Where the time went.
     *
     * @param queue waiting for a slot
     * @param start from getting the slot to the guest's first instruction
     * @param run from the first instruction to the end
     */
    record Timing(Duration queue, Duration start, Duration run) {}
}
