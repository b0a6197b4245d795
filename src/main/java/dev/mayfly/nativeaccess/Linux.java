package dev.mayfly.nativeaccess;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** What the engine asks of the operating system. Thread-safe. */
public final class Linux {

    private static final int O_RDONLY = 0;
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;
    private static final int MFD_CLOEXEC = 1;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_NORESERVE = 0x4000;
    private static final int MADV_NOHUGEPAGE = 15;
    private static final int NO_FILE = -1;

    private static final int RUSAGE_THREAD = 1;
    private static final int RUSAGE_BYTES = 144;
    private static final int RU_MINFLT = 64;
    private static final int RU_MAJFLT = 72;

    private final LibC libc;

    Linux(LibC libc) {
        this.libc = libc;
    }

    LibC libc() {
        return libc;
    }

    /** Opens an existing file or device to read. */
    public Descriptor openToRead(String path) throws NativeException {
        return open(path, O_RDONLY);
    }

    /** Opens an existing file or device to read and write. */
    public Descriptor openToReadAndWrite(String path) throws NativeException {
        return open(path, O_RDWR);
    }

    private Descriptor open(String path, int mode) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            int result = libc.open(arena.allocateFrom(path), mode | O_CLOEXEC);
            return new Descriptor(libc, (int) NativeException.check(result, "open " + path), path);
        }
    }

    /**
     * Makes a file that exists in memory only, and only for as long as somebody has it open or mapped.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/memfd_create.2.html">memfd_create(2)</a>
     */
    public Descriptor memoryFile(String name, long bytes) throws NativeException {
        Descriptor file;
        try (Arena arena = Arena.ofConfined()) {
            int result = libc.memfdCreate(arena.allocateFrom(name), MFD_CLOEXEC);
            file = new Descriptor(libc, (int) NativeException.check(result, "memfd_create"), name);
        }
        try {
            file.truncate(bytes);
            return file;
        } catch (NativeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Reserves address space for this thread: nothing in it is accessible, no memory is used yet.
     *
     * <p>It is never backed by huge pages: one byte written would cost the zeroing of 2 MiB, and again when it is reset.
     *
     * @param bytes a positive multiple of the page size
     */
    public Mapping reserve(long bytes, String what) throws NativeException {
        long address = reserveAddresses(bytes, what);
        // Kernels without huge pages refuse this, which is just as well.
        libc.madvise(address, bytes, MADV_NOHUGEPAGE);
        return new Mapping(libc, address, bytes, 0, false, what);
    }

    /** Reserves address space that never becomes accessible, to be used by any thread. */
    public Mapping inaccessible(long bytes, String what) throws NativeException {
        return new Mapping(libc, reserveAddresses(bytes, what), bytes, 0, true, what);
    }

    private long reserveAddresses(long bytes, String what) throws NativeException {
        int flags = Mapping.MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
        long result = libc.mmap(0, requirePages(bytes), Mapping.PROT_NONE, flags, NO_FILE, 0);
        return NativeException.check(result, "mmap of " + bytes + " bytes for " + what);
    }

    /** Maps the first bytes of a file so that what is written goes to the file, for this thread. */
    public Mapping mapShared(Descriptor file, long bytes) throws NativeException {
        long address = mapFile(file, bytes, Mapping.PROT_READ_WRITE);
        return new Mapping(libc, address, bytes, bytes, false, file.toString());
    }

    /** Maps the first bytes of a file to be read by any thread. */
    public Mapping mapReadOnly(Descriptor file, long bytes) throws NativeException {
        long address = mapFile(file, bytes, Mapping.PROT_READ);
        return new Mapping(libc, address, bytes, bytes, true, file.toString());
    }

    /** Maps ranges of files, one behind the other, to be read by any thread. */
    public Mapping mapReadOnly(List<FileRange> ranges, String what) throws NativeException {
        long bytes = ranges.stream().mapToLong(FileRange::bytes).sum();
        Mapping mapping = new Mapping(libc, reserveAddresses(bytes, what), bytes, bytes, true, what);
        try {
            long at = mapping.address();
            for (FileRange range : ranges) {
                // MAP_FIXED replaces what was there, which is what has just been reserved.
                int flags = Mapping.MAP_SHARED | Mapping.MAP_FIXED;
                long result = range.file().mmap(at, range.bytes(), Mapping.PROT_READ, flags, range.offset());
                NativeException.check(result, "mmap of " + range.bytes() + " bytes of " + range.file());
                at += range.bytes();
            }
            return mapping;
        } catch (NativeException | RuntimeException e) {
            mapping.close();
            throw e;
        }
    }

    private static long mapFile(Descriptor file, long bytes, int protection) throws NativeException {
        long result = file.mmap(0, requirePages(bytes), protection, Mapping.MAP_SHARED, 0);
        return NativeException.check(result, "mmap of " + bytes + " bytes of " + file);
    }

    /** Opens what tells which pages of a mapping were written to. */
    public PageMap pageMap() throws NativeException {
        return PageMap.open(this);
    }

    /** Prepares the current thread for being woken out of system calls. */
    public WakeableThread currentThread() throws NativeException {
        return WakeableThread.attach(libc);
    }

    /**
     * How many page faults the current thread has had so far, inside of the kernel too. As long as the number stays, no
     * page of a private mapping was written to for the first time by this thread.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/getrusage.2.html">getrusage(2), RUSAGE_THREAD</a>
     */
    public long faultsOfCurrentThread() throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment usage = arena.allocate(RUSAGE_BYTES, Long.BYTES);
            NativeException.check(libc.getrusage(RUSAGE_THREAD, usage), "getrusage");
            return usage.get(ValueLayout.JAVA_LONG, RU_MINFLT) + usage.get(ValueLayout.JAVA_LONG, RU_MAJFLT);
        }
    }

    private static long requirePages(long bytes) {
        if (bytes <= 0 || bytes % Mapping.PAGE != 0) {
            throw new IllegalArgumentException(bytes + " is not a positive multiple of " + Mapping.PAGE);
        }
        return bytes;
    }
}
