package dev.mayfly.wasi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a guest has open, by descriptor number. */
final class DescriptorTable {

    private final List<@Nullable Descriptor> descriptors = new ArrayList<>(3);

    DescriptorTable(StandardStreams streams) {
        descriptors.add(new InputStreamDescriptor(streams.stdin()));
        descriptors.add(new OutputStreamDescriptor(streams.stdout()));
        descriptors.add(new OutputStreamDescriptor(streams.stderr()));
    }

    Descriptor get(long fd) throws ErrnoException {
        Descriptor descriptor = fd >= 0 && fd < descriptors.size() ? descriptors.get((int) fd) : null;
        if (descriptor == null) {
            throw ErrnoException.of(Errno.BADF);
        }
        return descriptor;
    }

    void close(long fd) throws ErrnoException {
        get(fd);
        descriptors.set((int) fd, null);
    }

    /** Makes {@code to}, which must be open, stand for what {@code from} does, and closes {@code from}. */
    void renumber(long from, long to) throws ErrnoException {
        Descriptor moved = get(from);
        get(to);
        descriptors.set((int) from, null);
        descriptors.set((int) to, moved);
    }
}
