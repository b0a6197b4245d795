package dev.mayfly.asynchronous.queue;

import dev.mayfly.asynchronous.Submission;
import java.time.Instant;
import java.util.UUID;

/**
 * A submission with what acceptance adds to it.
 *
 * @param due when it may run first
 */
record Accepted(UUID id, Submission submission, Instant accepted, Instant due) {}
