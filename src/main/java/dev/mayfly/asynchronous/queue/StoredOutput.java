package dev.mayfly.asynchronous.queue;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What an invocation wrote, or the beginning of it.
 *
 * @param type of it, if more is known than that it is bytes
 * @param written how many bytes it had
 * @param truncated whether only the beginning was kept
 */
public record StoredOutput(ByteBuffer bytes, Optional<String> type, long written, boolean truncated) {}
