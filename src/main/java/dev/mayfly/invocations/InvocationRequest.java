package dev.mayfly.invocations;

import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.invocations.streams.GuestStdin;

/**
 * What to invoke, and with what.
 *
 * @param version to run
 * @param call to make
 * @param stdin of the instance
 */
public record InvocationRequest(ResolvedVersion version, Call call, GuestStdin stdin) {}
