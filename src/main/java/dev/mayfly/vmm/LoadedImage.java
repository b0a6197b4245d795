package dev.mayfly.vmm;

import dev.mayfly.abi.MemoryMap;
import dev.mayfly.nativeaccess.Descriptor;
import dev.mayfly.nativeaccess.FileRange;
import dev.mayfly.nativeaccess.Linux;
import dev.mayfly.nativeaccess.Mapping;
import dev.mayfly.nativeaccess.NativeException;
import dev.mayfly.vmm.ImageLayout.Backed;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * An image in memory, once for all instances: they map what they only read, and copies of what they write. What the
 * image has in files is mapped from there; the rest is copied to a file in memory, which has the layout of the pristine
 * mapping and holes where others' files are. Thread-safe.
 */
public final class LoadedImage implements AutoCloseable {

    private final ImageLayout layout;
    private final List<Backed> backed;
    private final Descriptor copies;
    private final Mapping pristine;

    private LoadedImage(ImageLayout layout, List<Backed> backed, Descriptor copies, Mapping pristine) {
        this.layout = layout;
        this.backed = backed;
        this.copies = copies;
        this.pristine = pristine;
    }

    static LoadedImage load(Linux linux, GuestImage image) throws NativeException {
        ImageLayout layout = ImageLayout.of(image);
        List<Backed> backed = layout.privateContents();
        List<Backed> contents = new ArrayList<>(layout.sharedContents());
        contents.addAll(backed);
        // There is a last one: the page tables, if nothing else.
        long bytes = backed.getLast().pristineEnd();
        Descriptor copies = linux.memoryFile("mayfly-image", bytes);
        try {
            try (Mapping target = linux.mapShared(copies, bytes)) {
                copy(layout, contents, target.segment());
            }
            Mapping pristine = linux.mapReadOnly(ranges(contents, copies, bytes), copies.toString());
            return new LoadedImage(layout, backed, copies, pristine);
        } catch (NativeException | RuntimeException | Error e) {
            copies.close();
            throw e;
        }
    }

    private static void copy(ImageLayout layout, List<Backed> contents, MemorySegment target) {
        target.asSlice(layout.stubOffset()).copyFrom(MemorySegment.ofArray(EntryStub.code()));
        EntryStub.writeConstants(target.asSlice(layout.stubOffset() + MemoryMap.PAGE));
        for (Backed one : contents) {
            if (one.content() instanceof Content.InMemory content) {
                target.asSlice(one.pristineOffset()).copyFrom(content.segment());
            }
        }
    }

    /** What the pristine mapping consists of: files where contents are in one, copies and their holes elsewhere. */
    private static List<FileRange> ranges(List<Backed> contents, Descriptor copies, long bytes) {
        List<FileRange> ranges = new ArrayList<>();
        long end = 0;
        for (Backed one : contents) {
            if (one.content() instanceof Content.InFile content) {
                if (end < one.pristineOffset()) {
                    ranges.add(new FileRange(copies, end, one.pristineOffset() - end));
                }
                ranges.add(content.range());
                end = one.pristineEnd();
            }
        }
        if (end < bytes) {
            ranges.add(new FileRange(copies, end, bytes - end));
        }
        return ranges;
    }

    ImageLayout layout() {
        return layout;
    }

    /** The shared part, and behind it what the private part begins as. */
    Mapping pristine() {
        return pristine;
    }

    /** Which pages of the private part begin as something else than zero, in ascending order. */
    List<Backed> backed() {
        return backed;
    }

    /** Puts private copies over an instance's memory. */
    void overlay(Mapping memory) throws NativeException {
        for (Backed one : backed) {
            if (one.content() instanceof Content.InFile(long offset, FileRange range)) {
                memory.overlay(one.offset(), range.file(), range.offset(), range.bytes());
            } else {
                memory.overlay(one.offset(), copies, one.pristineOffset(), one.bytes());
            }
        }
    }

    /**
     * Forgets the image; does nothing the second time.
     *
     * @throws IllegalStateException if a slot still has a machine made from it
     */
    @Override
    public void close() {
        pristine.close();
        copies.close();
    }
}
