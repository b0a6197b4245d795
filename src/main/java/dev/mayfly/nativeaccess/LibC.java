package dev.mayfly.nativeaccess;

import java.lang.foreign.MemorySegment;

/**
 * The C library as this program uses it. As between the kernel and the C library, a failed call answers its error
 * number negated; there is no other state.
 *
 * <p>Addresses are plain numbers where they name memory that the call itself maps or unmaps, and segments where the
 * call reads or writes a structure: a segment is kept alive for as long as the call takes.
 */
interface LibC {

    /**
     * Opens an existing file.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
     */
    int open(MemorySegment path, int flags);

    /**
     * Closes a descriptor.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/close.2.html">close(2)</a>
     */
    int close(int descriptor);

    /**
     * Reads at an offset; at most {@code count} bytes.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/pread.2.html">pread(2)</a>
     */
    long pread(int descriptor, MemorySegment buffer, long count, long offset);

    /**
     * Performs a device's request.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/ioctl.2.html">ioctl(2)</a>
     */
    int ioctl(int descriptor, int request, long argument);

    /**
     * Performs a device's request.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/ioctl.2.html">ioctl(2)</a>
     */
    int ioctl(int descriptor, int request, MemorySegment argument);

    /**
     * Makes a file in memory.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/memfd_create.2.html">memfd_create(2)</a>
     */
    int memfdCreate(MemorySegment name, int flags);

    /**
     * Sets a file's length.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/ftruncate.2.html">ftruncate(2)</a>
     */
    int ftruncate(int descriptor, long length);

    /**
     * Maps a file or fresh memory; answers the address.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</a>
     */
    long mmap(long address, long length, int protection, int flags, int descriptor, long offset);

    /**
     * Unmaps.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/munmap.2.html">munmap(2)</a>
     */
    int munmap(long address, long length);

    /**
     * Changes what may be done with pages.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/mprotect.2.html">mprotect(2)</a>
     */
    int mprotect(long address, long length, int protection);

    /**
     * Says how pages will be used.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/madvise.2.html">madvise(2)</a>
     */
    int madvise(long address, long length, int advice);

    /**
     * Reports what was used so far.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/getrusage.2.html">getrusage(2)</a>
     */
    int getrusage(int who, MemorySegment usage);

    /**
     * The kernel's number of the calling thread. Cannot fail.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/gettid.2.html">gettid(2)</a>
     */
    int gettid();

    /**
     * Sends a signal to one thread.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/tgkill.2.html">tgkill(2)</a>
     */
    int tgkill(int process, int thread, int signal);

    /**
     * Sets what a signal does; answers what it did before.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/signal.2.html">signal(2)</a>
     */
    long signal(int signal, long handler);

    /**
     * Changes which signals the calling thread blocks.
     *
     * @see <a href="https://man7.org/linux/man-pages/man3/pthread_sigmask.3.html">pthread_sigmask(3)</a>
     */
    int pthreadSigmask(int how, MemorySegment set, MemorySegment oldSet);

    /**
     * Takes a waiting signal; answers its number.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/sigtimedwait.2.html">sigtimedwait(2)</a>
     */
    int sigtimedwait(MemorySegment set, MemorySegment info, MemorySegment timeout);
}
