package dev.mayfly.asynchronous.queue;

import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.VersionSelector;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What was asked for when an invocation was accepted.
 *
 * @param arguments for the program, behind those of the configuration
 * @param queued from when its age counts
 */
public record StoredCall(
        UUID id,
        FunctionName function,
        VersionSelector selector,
        List<String> arguments,
        ByteBuffer input,
        Instant queued) {}
