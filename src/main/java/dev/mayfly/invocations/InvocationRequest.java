package dev.mayfly.invocations;

import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.invocations.streams.GuestStdin;
import dev.mayfly.scheduling.Admission;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to invoke, and with what.
 *
 * @param version to run
 * @param call to make
 * @param stdin of the instance
 * @param caller who wants it; null if nobody is counted
 * @param queueTimeout how long it waits for a slot at most; null for the operator's default
 */
public record InvocationRequest(
        ResolvedVersion version,
        Call call,
        GuestStdin stdin,
        Admission.@Nullable Caller caller,
        @Nullable Duration queueTimeout) {

    /** Of nobody who is counted, and with the operator's default. */
    public InvocationRequest(ResolvedVersion version, Call call, GuestStdin stdin) {
        this(version, call, stdin, null, null);
    }
}
