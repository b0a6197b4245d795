package dev.mayfly.wasi;

import dev.mayfly.disk.FileSystem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a guest has open, by descriptor number. */
final class DescriptorTable {

    /** The most descriptors that can be open at once; beyond it, {@link Errno#MFILE}. */
    static final int MAX_OPEN = 1024;

    private static final int STANDARD = 4;

    private final List<@Nullable Descriptor> descriptors = new ArrayList<>(STANDARD);
    private final FileSystem files;

    /** Has the standard streams as 0, 1 and 2, and the root directory as 3. */
    DescriptorTable(StandardStreams streams, FileSystem files) {
        this.files = files;
        descriptors.add(new InputStreamDescriptor(streams.stdin()));
        descriptors.add(new OutputStreamDescriptor(streams.stdout()));
        descriptors.add(new OutputStreamDescriptor(streams.stderr()));
        descriptors.add(DirectoryDescriptor.root(files.root()));
    }

    Descriptor get(long fd) throws ErrnoException {
        Descriptor descriptor = fd >= 0 && fd < descriptors.size() ? descriptors.get((int) fd) : null;
        if (descriptor == null) {
            throw ErrnoException.of(Errno.BADF);
        }
        return descriptor;
    }

    /** A directory that a call with a path starts from, or that it lists. */
    DirectoryDescriptor directory(long fd, long right) throws ErrnoException {
        if (get(fd) instanceof DirectoryDescriptor directory) {
            directory.status().require(right);
            return directory;
        }
        throw ErrnoException.of(Errno.NOTDIR);
    }

    /** Requires that something can be opened. */
    void requireFree() throws ErrnoException {
        if (descriptors.size() == MAX_OPEN && !descriptors.contains(null)) {
            throw ErrnoException.of(Errno.MFILE);
        }
    }

    /** Puts something under the lowest free number; there must be one. */
    int add(Descriptor opened) {
        int free = descriptors.indexOf(null);
        if (free >= 0) {
            descriptors.set(free, opened);
            return free;
        }
        descriptors.add(opened);
        return descriptors.size() - 1;
    }

    void close(long fd) throws ErrnoException {
        release(get(fd));
        descriptors.set((int) fd, null);
    }

    /** Makes {@code to}, which must be open, stand for what {@code from} does, and closes {@code from}. */
    void renumber(long from, long to) throws ErrnoException {
        Descriptor moved = get(from);
        Descriptor replaced = get(to);
        if (from == to) {
            return;
        }
        release(replaced);
        descriptors.set((int) from, null);
        descriptors.set((int) to, moved);
    }

    private void release(Descriptor closed) {
        switch (closed) {
            case InputStreamDescriptor _, OutputStreamDescriptor _ -> {}
            case FileDescriptor file -> files.close(file.file());
            case DirectoryDescriptor directory -> {
                if (!directory.preopened()) {
                    files.close(directory.directory());
                }
            }
        }
    }
}
