package dev.mayfly.asynchronous.queue;

import java.util.UUID;

/**
 * The right to make the next attempt at an invocation, for as long as the lease lasts.
 *
 * @param id of the invocation
 * @param function its name
 * @param generation the number of this claim; whatever is written under it must name it
 * @param attempts how many attempts were begun, this one included
 * @param lost whether the attempt before was under a lease that ran out
 * @param cancelled whether it is to be cancelled instead of run
 */
public record Claim(UUID id, String function, int generation, int attempts, boolean lost, boolean cancelled) {

    /** This claim, for an attempt that is not made. */
    public Claim withoutAttempt() {
        return new Claim(id, function, generation, attempts - 1, lost, cancelled);
    }
}
