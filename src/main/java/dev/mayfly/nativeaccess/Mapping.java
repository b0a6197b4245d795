package dev.mayfly.nativeaccess;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A range of this process's address space, of which a first part may be accessible. It is never touched except through
 * {@link #segment}, which covers the accessible part only and ends when that part shrinks or the mapping is closed.
 *
 * <p>What uses the addresses by itself, as the kernel does for a virtual machine's memory, holds the mapping with
 * {@link #hold}; it cannot be closed until let go. What {@link Linux#mapReadOnly} and {@link Linux#inaccessible} make
 * may be used by any thread; every other mapping belongs to the thread that made it, until that {@linkplain #detach
 * detaches} it: then to the next one that uses it, or to whoever closes it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</a>
 */
public final class Mapping implements AutoCloseable {

    static final int PROT_NONE = 0;
    static final int PROT_READ = 1;
    static final int PROT_READ_WRITE = 3;
    static final int MAP_SHARED = 0x01;
    static final int MAP_PRIVATE = 0x02;
    static final int MAP_FIXED = 0x10;
    private static final int MADV_DONTNEED = 4;

    /** Of a page, which {@link NativeAccess} has made sure of by the architecture: it has no other. */
    public static final int PAGE = 4096;

    private final LibC libc;
    private final long address;
    private final long bytes;
    private final boolean sharedBetweenThreads;
    private final Lifetime lifetime;
    private Arena views;
    private MemorySegment accessible;
    private boolean detached;

    /** Takes over the range: it is unmapped with this object. */
    Mapping(LibC libc, long address, long bytes, long accessibleBytes, boolean readOnly, String what) {
        this.libc = libc;
        this.address = address;
        this.bytes = bytes;
        this.sharedBetweenThreads = readOnly;
        this.lifetime = new Lifetime(what);
        this.views = newViews();
        MemorySegment whole = view(accessibleBytes);
        this.accessible = readOnly ? whole.asReadOnly() : whole;
    }

    /** Where it begins, for the kernel. Valid until closed, so whoever keeps it holds the mapping. */
    public long address() {
        return address;
    }

    /** How long it is, accessible or not. */
    public long bytes() {
        return bytes;
    }

    /** The accessible part. Using it after that part shrank or the mapping was closed throws an exception. */
    public MemorySegment segment() {
        attach();
        return accessible;
    }

    /**
     * Ends all segments given out, and gives the mapping up for another thread to use or to close. It is up to the threads
     * to agree which one that is.
     */
    public void detach() {
        requireOwner();
        views.close();
        detached = true;
    }

    private void attach() {
        if (detached) {
            detached = false;
            views = newViews();
            accessible = view(accessible.byteSize());
        }
    }

    /**
     * Puts a private copy of a file over part of a mapping: pages are the file's until written to. The part becomes
     * accessible no sooner than {@link #resize} says so.
     *
     * @throws IllegalStateException if some of it is accessible already
     */
    public void overlay(long offset, Descriptor file, long fileOffset, long length) throws NativeException {
        requireOwner();
        requirePages(offset, length);
        if (offset < accessible.byteSize()) {
            throw new IllegalStateException("cannot replace what is accessible of " + lifetime);
        }
        // MAP_FIXED replaces what was there; requirePages has made sure that this is inside of our own range.
        long result = file.mmap(address + offset, length, PROT_NONE, MAP_PRIVATE | MAP_FIXED, fileOffset);
        NativeException.check(result, "mmap of " + length + " bytes of " + file);
    }

    /**
     * Makes just the first bytes accessible, to read and to write. If they get fewer, all segments given out end.
     *
     * @param accessibleBytes a multiple of the page size
     */
    public void resize(long accessibleBytes) throws NativeException {
        requireOwner();
        requirePages(0, accessibleBytes);
        long before = accessible.byteSize();
        if (accessibleBytes > before) {
            protect(before, accessibleBytes - before, PROT_READ_WRITE);
            accessible = view(accessibleBytes);
        } else if (accessibleBytes < before) {
            endViews(accessibleBytes);
            protect(accessibleBytes, before - accessibleBytes, PROT_NONE);
        }
    }

    /** Ends all segments given out, so that nobody goes on using one that they kept. */
    public void endViews() {
        requireOwner();
        endViews(accessible.byteSize());
    }

    private void endViews(long accessibleBytes) {
        views.close();
        views = newViews();
        accessible = view(accessibleBytes);
    }

    /**
     * Forgets what was written, so that a page is the file's again, or zero where no file lies below.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/madvise.2.html">madvise(2), MADV_DONTNEED</a>
     */
    public void discard(long offset, long length) throws NativeException {
        requireOwner();
        requirePages(offset, length);
        NativeException.check(libc.madvise(address + offset, length, MADV_DONTNEED), "madvise of " + length + " bytes");
    }

    /** Keeps the mapping from being closed. Thread-safe. */
    public void hold() {
        lifetime.acquire();
    }

    /** Undoes one {@link #hold}. Thread-safe. */
    public void release() {
        lifetime.release();
    }

    /**
     * Unmaps it; does nothing the second time.
     *
     * @throws IllegalStateException if it is held
     * @throws WrongThreadException if it belongs to another thread
     */
    @Override
    public void close() {
        if (!sharedBetweenThreads && !detached && !accessible.isAccessibleBy(Thread.currentThread())) {
            throw new WrongThreadException(lifetime + " belongs to another thread");
        }
        if (lifetime.close()) {
            if (detached) {
                detached = false; // for good: there is nothing to attach to any more
            } else {
                views.close();
            }
            // Fails only for a range that is none, which this is not.
            libc.munmap(address, bytes);
        }
    }

    private void protect(long offset, long length, int protection) throws NativeException {
        NativeException.check(libc.mprotect(address + offset, length, protection), "mprotect of " + length + " bytes");
    }

    private Arena newViews() {
        return sharedBetweenThreads ? Arena.ofShared() : Arena.ofConfined();
    }

    // Restricted, because a segment that is longer than what is mapped would let Java crash the process. The range
    // from address on is ours until close(), accessible for so many bytes, and the arena is closed before either ends.
    @SuppressWarnings("restricted")
    private MemorySegment view(long accessibleBytes) {
        return MemorySegment.ofAddress(address).reinterpret(accessibleBytes, views, null);
    }

    private void requireOwner() {
        if (sharedBetweenThreads) {
            throw new UnsupportedOperationException(lifetime + " is shared and cannot be changed");
        }
        attach();
        if (!accessible.isAccessibleBy(Thread.currentThread())) {
            throw new WrongThreadException(lifetime + " belongs to another thread");
        }
        if (!accessible.scope().isAlive()) {
            throw new IllegalStateException(lifetime + " is closed");
        }
    }

    private void requirePages(long offset, long length) {
        if ((offset | length) % PAGE != 0 || offset < 0 || length < 0 || length > bytes - offset) {
            throw new IndexOutOfBoundsException(
                    offset + " and " + length + " are not a range of pages within " + bytes + " bytes");
        }
    }

    @Override
    public String toString() {
        return lifetime.toString();
    }
}
