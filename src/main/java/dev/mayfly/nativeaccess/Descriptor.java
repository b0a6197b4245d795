package dev.mayfly.nativeaccess;

import java.lang.foreign.MemorySegment;

/** An open file. Thread-safe; refuses to be closed while a call uses it and to be used once closed. */
public final class Descriptor implements AutoCloseable {

    private final LibC libc;
    private final int number;
    private final Lifetime lifetime;

    Descriptor(LibC libc, int number, String what) {
        this.libc = libc;
        this.number = number;
        this.lifetime = new Lifetime(what);
    }

    /**
     * Performs a request whose argument is a number, or that has none.
     *
     * @return what the kernel answers, not negative
     */
    public int ioctl(Ioctl request, long argument) throws NativeException {
        return (int) NativeException.check(tryIoctl(request, argument), request.name());
    }

    /**
     * Performs a request whose argument is a number, for callers to which some errors are answers.
     *
     * @return what the kernel answers, or an {@link Errno#number} negated
     */
    public int tryIoctl(Ioctl request, long argument) {
        if (request.dataBytes() != 0) {
            throw new IllegalArgumentException(request.name() + " takes a structure");
        }
        lifetime.acquire();
        try {
            return libc.ioctl(number, request.number(), argument);
        } finally {
            lifetime.release();
        }
    }

    /**
     * Performs a request on a structure.
     *
     * @param argument native memory, at least as large as the request states
     * @return what the kernel answers, not negative
     */
    public int ioctl(Ioctl request, MemorySegment argument) throws NativeException {
        return (int) NativeException.check(tryIoctl(request, argument), request.name());
    }

    /** As {@link #ioctl(Ioctl, MemorySegment)}, but answers an {@link Errno#number} negated instead of throwing. */
    public int tryIoctl(Ioctl request, MemorySegment argument) {
        if (request.dataBytes() == 0 || argument.byteSize() < request.dataBytes()) {
            throw new IllegalArgumentException(
                    request.name() + " takes " + request.dataBytes() + " bytes, not " + argument.byteSize());
        }
        lifetime.acquire();
        try {
            return libc.ioctl(number, request.number(), argument);
        } finally {
            lifetime.release();
        }
    }

    /**
     * Performs a request that opens another file.
     *
     * @param what names the new file in messages
     */
    public Descriptor ioctlToOpen(Ioctl request, long argument, String what) throws NativeException {
        return new Descriptor(libc, ioctl(request, argument), what);
    }

    /**
     * Reads into all of {@code target}, or as much of it as there is.
     *
     * @return the bytes read
     */
    public long read(MemorySegment target, long offset) throws NativeException {
        lifetime.acquire();
        try {
            long result = libc.pread(number, target, target.byteSize(), offset);
            return NativeException.check(result, "pread of " + lifetime);
        } finally {
            lifetime.release();
        }
    }

    /** Maps from this file: the number stays valid meanwhile. */
    long mmap(long address, long length, int protection, int flags, long offset) {
        lifetime.acquire();
        try {
            return libc.mmap(address, length, protection, flags, number, offset);
        } finally {
            lifetime.release();
        }
    }

    void truncate(long length) throws NativeException {
        lifetime.acquire();
        try {
            NativeException.check(libc.ftruncate(number, length), "ftruncate of " + lifetime + " to " + length);
        } finally {
            lifetime.release();
        }
    }

    /**
     * Closes the file; does nothing the second time.
     *
     * @throws IllegalStateException if a call is using it
     */
    @Override
    public void close() {
        if (lifetime.close()) {
            // An error here says that writing back failed, never that the descriptor is still open: nothing to do.
            libc.close(number);
        }
    }

    @Override
    public String toString() {
        return lifetime.toString();
    }
}
