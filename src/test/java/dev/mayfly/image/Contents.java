package dev.mayfly.image;

import dev.mayfly.nativeaccess.NativeException;
import dev.mayfly.vmm.Content;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Looks into contents. */
final class Contents {

    private Contents() {}

    /** All of what contents are in, zeros included. */
    static byte[] bytes(List<Content> contents, long length) {
        byte[] bytes = new byte[Math.toIntExact(length)];
        for (Content content : contents) {
            MemorySegment target = MemorySegment.ofArray(bytes).asSlice(content.offset());
            switch (content) {
                case Content.InMemory(long offset, MemorySegment segment) -> target.copyFrom(segment);
                case Content.InFile inFile -> target.copyFrom(MemorySegment.ofArray(read(inFile)));
            }
        }
        return bytes;
    }

    private static byte[] read(Content.InFile content) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(content.bytes());
            content.range().file().read(buffer, content.range().offset());
            return buffer.toArray(ValueLayout.JAVA_BYTE);
        } catch (NativeException e) {
            throw new IllegalStateException(e);
        }
    }
}
