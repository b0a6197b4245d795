package dev.mayfly.cluster;

import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.invocations.Call;
import java.util.UUID;

/**
 * What a worker is to execute. The input that was read so far goes with it.
 *
 * @param id of the execution, chosen by the control plane and never used twice
 * @param version to run, with its whole configuration
 * @param call to make
 * @param moreInput whether more input follows in a request of its own
 */
public record ExecutionOrder(UUID id, ResolvedVersion version, Call call, boolean moreInput) {}
