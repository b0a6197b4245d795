package dev.mayfly.vmm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.mayfly.abi.Context;
import dev.mayfly.abi.MemoryMap;
import dev.mayfly.nativeaccess.Descriptor;
import dev.mayfly.nativeaccess.Linux;
import dev.mayfly.nativeaccess.Mapping;
import dev.mayfly.nativeaccess.NativeException;
import dev.mayfly.vmm.ImageLayout.Backed;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * An image in memory, once for all instances: they map what they only read, and copies of what they write. It is a copy
 * of its own, which nobody can change: a file that it came from may vanish or be cut off. Thread-safe.
 */
public final class LoadedImage implements AutoCloseable {

    private final ImageLayout layout;
    private final Descriptor file;
    private final Mapping pristine;

    private LoadedImage(ImageLayout layout, Descriptor file, Mapping pristine) {
        this.layout = layout;
        this.file = file;
        this.pristine = pristine;
    }

    static LoadedImage load(Linux linux, GuestImage image) throws NativeException {
        ImageLayout layout = ImageLayout.of(image);
        Descriptor file = linux.memoryFile("mayfly-image", layout.fileBytes());
        try {
            try (Mapping target = linux.mapShared(file, layout.fileBytes())) {
                write(layout, target.segment());
            }
            return new LoadedImage(layout, file, linux.mapReadOnly(file, layout.fileBytes()));
        } catch (NativeException e) {
            file.close();
            throw e;
        }
    }

    private static void write(ImageLayout layout, MemorySegment target) {
        for (ImageLayout.Placed placed : layout.shared()) {
            target.asSlice(placed.offset()).copyFrom(placed.region().content());
        }
        target.asSlice(layout.stubOffset()).copyFrom(MemorySegment.ofArray(EntryStub.code()));
        EntryStub.writeConstants(target.asSlice(layout.stubOffset() + MemoryMap.PAGE));
        List<Backed> backed = layout.backed();
        LinearMemory memory = layout.image().memory();
        for (ImageLayout.Placed placed : layout.data()) {
            MemorySegment data = target.asSlice(backed.get(0).fileOffset() + placed.offset());
            data.copyFrom(placed.region().content());
            long context = layout.image().context() - placed.region().address();
            if (context >= 0 && context < placed.region().bytes()) {
                data.set(JAVA_LONG, context + Context.MEMORY_BYTES, memory.initialBytes());
            }
        }
        layout.tables().writeTo(target.asSlice(backed.get(1).fileOffset()));
        target.asSlice(backed.get(2).fileOffset()).copyFrom(memory.content());
    }

    ImageLayout layout() {
        return layout;
    }

    /** The whole file: the shared part, and behind it what the private part begins as. */
    Mapping pristine() {
        return pristine;
    }

    /** Puts private copies over an instance's memory. */
    void overlay(Mapping memory) throws NativeException {
        for (Backed range : layout.backed()) {
            if (range.bytes() > 0) {
                memory.overlay(range.offset(), file, range.fileOffset(), range.bytes());
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
        file.close();
    }
}
