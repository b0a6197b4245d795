package dev.mayfly.callbacks;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/**
 * A result that is to be delivered, claimed by this process.
 *
 * @param id the same for all attempts
 * @param host of the address, as far as its bound on concurrency is concerned
 * @param attempts begun, this one included
 */
record Delivery(UUID id, UUID invocation, URI url, String host, int attempts, Instant created) {}
