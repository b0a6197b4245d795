package dev.mayfly.invocations;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How invocations are served.
 *
 * @param holdBack how much of an instance's output is held back until its outcome decides the status
 * @param inputBuffer how much of a request's body is read before the invocation is admitted, so that a slow client
 *     takes no slot
 * @param pipeBuffer how much of a longer body is read ahead of the guest
 * @param bufferMemory how much all inputs and outputs that are buffered may take together. When it is used up, outputs
 *     are held back less, and inputs are refused. Default: a quarter of the heap
 * @param fileMemory how much the files of all instances may take together. When it is used up, guests get the error
 *     {@code nospc}. Default: a quarter of the heap
 * @param stderrTail how much of the end of an instance's standard error is kept
 * @param probeInterval how often the connection of a waiting client is looked at
 * @param stopGrace how long after its deadline an instance may take to stop before its client is answered without it
 */
@ConfigurationProperties("mayfly.invocations")
public record InvocationProperties(
        @DefaultValue("1MB") DataSize holdBack,
        @DefaultValue("64KB") DataSize inputBuffer,
        @DefaultValue("64KB") DataSize pipeBuffer,
        @Nullable DataSize bufferMemory,
        @Nullable DataSize fileMemory,
        @DefaultValue("8KB") DataSize stderrTail,
        @DefaultValue("200ms") Duration probeInterval,
        @DefaultValue("1s") Duration stopGrace) {

    private static final DataSize LARGEST_BUFFER = DataSize.ofMegabytes(256);

    public InvocationProperties {
        requireBuffer("hold-back", holdBack);
        requireBuffer("input-buffer", inputBuffer);
        requireBuffer("pipe-buffer", pipeBuffer);
        requireBuffer("stderr-tail", stderrTail);
    }

    long bufferMemory(long maxHeapBytes) {
        return bufferMemory == null ? maxHeapBytes / 4 : bufferMemory.toBytes();
    }

    long fileMemory(long maxHeapBytes) {
        return fileMemory == null ? maxHeapBytes / 4 : fileMemory.toBytes();
    }

    private static void requireBuffer(String name, DataSize size) {
        if (size.toBytes() < 1 || size.compareTo(LARGEST_BUFFER) > 0) {
            throw new IllegalArgumentException(
                    "mayfly.invocations." + name + " must be 1B to " + LARGEST_BUFFER.toMegabytes() + "MB: " + size);
        }
    }
}
