package dev.mayfly.sandbox.microvm;

import dev.mayfly.image.Image;
import dev.mayfly.sandbox.microvm.GuestProgram.GuestFunction;
import dev.mayfly.vmm.LoadedImage;

/**
 * A module that can be run.
 *
 * @param program what it has to be called
 * @param image its code and data, as the host knows them
 * @param loaded the same, as machines map it
 */
record ModuleCode(GuestProgram program, Image image, LoadedImage loaded) implements AutoCloseable {

    /** However small a module is, it takes two descriptors and some mappings, of which a process may have just so many. */
    private static final long FIXED_WEIGHT = 1 << 18;

    /** Where the host enters to call a function. */
    long entry(GuestFunction function) {
        return image.entry(function.index());
    }

    BacktraceReader backtraces() {
        return new BacktraceReader(image, program.names());
    }

    /** About how many bytes of memory it holds. */
    long weight() {
        return FIXED_WEIGHT + image.bytes();
    }

    /** Forgets it; there must be no machine with it any more. */
    @Override
    public void close() {
        loaded.close();
        image.close();
    }
}
