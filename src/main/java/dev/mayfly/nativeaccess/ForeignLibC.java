package dev.mayfly.nativeaccess;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;

/**
 * The C library by {@link Linker}. Initializing this class binds every function, so it is touched only after
 * {@link NativeAccess} found that it may be.
 *
 * <p>No downcall is {@linkplain Linker.Option#critical critical}: any of them may take long (a virtual CPU runs inside
 * of {@code ioctl}), and a critical one would hold up every safepoint for so long.
 */
final class ForeignLibC implements LibC {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = STATE.byteOffset(PathElement.groupElement("errno"));

    /** Where a thread's downcalls leave errno: one per thread, because nothing else may write it in between. */
    private static final ThreadLocal<MemorySegment> CAPTURED =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE));

    // Variadic functions take their variable arguments by other rules than fixed ones on some platforms: the linker
    // has to know where those begin.
    private static final Linker.Option VARIADIC_FROM_THIRD = Linker.Option.firstVariadicArg(2);

    private static final MethodHandle OPEN = bind("open", JAVA_INT, VARIADIC_FROM_THIRD, ADDRESS, JAVA_INT);
    private static final MethodHandle CLOSE = bind("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle PREAD = bind("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle IOCTL_VALUE =
            bind("ioctl", JAVA_INT, VARIADIC_FROM_THIRD, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle IOCTL_POINTER =
            bind("ioctl", JAVA_INT, VARIADIC_FROM_THIRD, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle MEMFD_CREATE = bind("memfd_create", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle FTRUNCATE = bind("ftruncate", JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle MMAP =
            bind("mmap", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle MUNMAP = bind("munmap", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle MPROTECT = bind("mprotect", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle MADVISE = bind("madvise", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle GETRUSAGE = bind("getrusage", JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle GETTID = bind("gettid", JAVA_INT);
    private static final MethodHandle TGKILL = bind("tgkill", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SIGNAL = bind("signal", JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final MethodHandle PTHREAD_SIGMASK = bind("pthread_sigmask", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SIGTIMEDWAIT = bind("sigtimedwait", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);

    private static MethodHandle bind(String name, MemoryLayout result, MemoryLayout... arguments) {
        return link(name, FunctionDescriptor.of(result, arguments), Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle bind(
            String name, MemoryLayout result, Linker.Option variadic, MemoryLayout... arguments) {
        return link(name, FunctionDescriptor.of(result, arguments), Linker.Option.captureCallState("errno"), variadic);
    }

    // Restricted, because a descriptor that does not match the C function would corrupt memory. These are the
    // prototypes of the manual pages that LibC refers to, for x86-64 Linux, which NativeAccess has checked for:
    // int is 32 bits; long, size_t, off_t and pointers are 64.
    @SuppressWarnings("restricted")
    private static MethodHandle link(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        MemorySegment function = LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new NoSuchElementException("the C library has no " + name));
        return LINKER.downcallHandle(function, descriptor, options);
    }

    @Override
    public int open(MemorySegment path, int flags) {
        MemorySegment state = CAPTURED.get();
        try {
            // Never with O_CREAT, so the third argument is not looked at and is not passed.
            return result((int) OPEN.invokeExact(state, path, flags), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int close(int descriptor) {
        MemorySegment state = CAPTURED.get();
        try {
            return result((int) CLOSE.invokeExact(state, descriptor), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public long pread(int descriptor, MemorySegment buffer, long count, long offset) {
        MemorySegment state = CAPTURED.get();
        try {
            // At most as many bytes as the segment has, so the kernel writes into it only.
            long bytes = Math.min(count, buffer.byteSize());
            return result((long) PREAD.invokeExact(state, descriptor, buffer, bytes, offset), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int ioctl(int descriptor, int request, long argument) {
        MemorySegment state = CAPTURED.get();
        try {
            return result(
                    (int) IOCTL_VALUE.invokeExact(state, descriptor, Integer.toUnsignedLong(request), argument), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int ioctl(int descriptor, int request, MemorySegment argument) {
        MemorySegment state = CAPTURED.get();
        try {
            // Descriptor has checked that the segment is as large as the request says.
            return result(
                    (int) IOCTL_POINTER.invokeExact(state, descriptor, Integer.toUnsignedLong(request), argument),
                    state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int memfdCreate(MemorySegment name, int flags) {
        MemorySegment state = CAPTURED.get();
        try {
            return result((int) MEMFD_CREATE.invokeExact(state, name, flags), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int ftruncate(int descriptor, long length) {
        MemorySegment state = CAPTURED.get();
        try {
            return result((int) FTRUNCATE.invokeExact(state, descriptor, length), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public long mmap(long address, long length, int protection, int flags, int descriptor, long offset) {
        MemorySegment state = CAPTURED.get();
        try {
            // MAP_FAILED is the address -1, which is what result() takes for a failure. Mapping gives a fixed address
            // only inside of what it has reserved itself, so no call replaces memory that belongs to anyone else.
            return result(
                    (long) MMAP.invokeExact(state, address, length, protection, flags, descriptor, offset), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int munmap(long address, long length) {
        MemorySegment state = CAPTURED.get();
        try {
            // Only of a whole Mapping, after every segment over it was closed and nobody holds it.
            return result((int) MUNMAP.invokeExact(state, address, length), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int mprotect(long address, long length, int protection) {
        MemorySegment state = CAPTURED.get();
        try {
            // Mapping hands out no segment over what is not accessible and closes those it handed out before.
            return result((int) MPROTECT.invokeExact(state, address, length, protection), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int madvise(long address, long length, int advice) {
        MemorySegment state = CAPTURED.get();
        try {
            return result((int) MADVISE.invokeExact(state, address, length, advice), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int getrusage(int who, MemorySegment usage) {
        MemorySegment state = CAPTURED.get();
        try {
            return result((int) GETRUSAGE.invokeExact(state, who, usage), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int gettid() {
        MemorySegment state = CAPTURED.get();
        try {
            return (int) GETTID.invokeExact(state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int tgkill(int process, int thread, int signal) {
        MemorySegment state = CAPTURED.get();
        try {
            // Only for the one signal that is ignored process-wide: whichever thread gets it, it does nothing.
            return result((int) TGKILL.invokeExact(state, process, thread, signal), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public long signal(int signal, long handler) {
        MemorySegment state = CAPTURED.get();
        try {
            // The handler is SIG_DFL or SIG_IGN or what a previous call answered, never code of ours.
            return result((long) SIGNAL.invokeExact(state, signal, handler), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int pthreadSigmask(int how, MemorySegment set, MemorySegment oldSet) {
        MemorySegment state = CAPTURED.get();
        try {
            // The one function here that answers its error instead of setting errno.
            return -(int) PTHREAD_SIGMASK.invokeExact(state, how, set, oldSet);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int sigtimedwait(MemorySegment set, MemorySegment info, MemorySegment timeout) {
        MemorySegment state = CAPTURED.get();
        try {
            return result((int) SIGTIMEDWAIT.invokeExact(state, set, info, timeout), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static int result(int result, MemorySegment state) {
        return result == -1 ? -state.get(JAVA_INT, ERRNO_OFFSET) : result;
    }

    private static long result(long result, MemorySegment state) {
        return result == -1 ? -state.get(JAVA_INT, ERRNO_OFFSET) : result;
    }

    /** What a method handle throws by itself: wrong use of a segment, or the JVM running out of something. */
    private static RuntimeException unexpected(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(thrown);
        };
    }
}
