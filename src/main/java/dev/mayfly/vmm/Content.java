package dev.mayfly.vmm;

import dev.mayfly.abi.MemoryMap;
import dev.mayfly.nativeaccess.FileRange;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Pages that a part of a guest's memory begins with. What no content says is zero. */
public sealed interface Content {

    /** Where it begins, in bytes from the beginning of the part; a multiple of the page size. */
    long offset();

    /** How long it is; the rest of its last page is zero. */
    long bytes();

    /** Behind its last page, in bytes from the beginning of the part. */
    default long end() {
        return offset() + (bytes() + MemoryMap.PAGE - 1) / MemoryMap.PAGE * MemoryMap.PAGE;
    }

    /** Bytes that are copied when the image is loaded. */
    record InMemory(long offset, MemorySegment segment) implements Content {
        @Override
        public long bytes() {
            return segment.byteSize();
        }
    }

    /**
     * Part of a file that is mapped, so that all instances share what none of them has written to. The file stays open
     * until the image is closed, and nobody changes it before: what the kernel finds there is what instances get.
     */
    record InFile(long offset, FileRange range) implements Content {
        @Override
        public long bytes() {
            return range.bytes();
        }
    }

    /** One content, from the beginning of its part. */
    static List<Content> of(MemorySegment bytes) {
        return bytes.byteSize() == 0 ? List.of() : List.of(new InMemory(0, bytes));
    }

    /** Checks that contents are in order, do not overlap, and fit. */
    static void requireWithin(List<Content> contents, long bytes) {
        long free = 0;
        for (Content content : contents) {
            long offset = content.offset();
            boolean fits =
                    offset >= free && offset <= bytes && content.bytes() > 0 && content.bytes() <= bytes - offset;
            if (!fits || offset % MemoryMap.PAGE != 0) {
                throw new IllegalArgumentException(
                        bytes + " bytes cannot hold " + content.bytes() + " bytes at " + offset + " behind " + free);
            }
            free = content.end();
        }
    }
}
