package dev.mayfly.nativeaccess;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The real system, some of whose calls fail. It keeps account of what is open and mapped through it. Belongs to one
 * thread, but for signals.
 */
public final class FaultySystem {

    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int ENOMEM = 12;
    public static final int EFAULT = 14;

    private final LibC real = new ForeignLibC();
    private final Set<Integer> descriptors = new TreeSet<>();
    private final Set<Integer> vcpus = new TreeSet<>();
    private final Map<Long, Long> mappings = new HashMap<>();
    private Predicate<String> fault = call -> false;
    private int errno = EIO;
    private int calls;
    private int falseStarts;
    private long vcpuPage;

    /** What uses this system. */
    public Linux linux() {
        return new Linux(new Faulty());
    }

    /** Has all calls succeed that the system lets succeed. */
    public void repair() {
        fault = call -> false;
    }

    /** Has a single call fail, the first of those to come being number 0. */
    public void failCall(int number, int newErrno) {
        errno = newErrno;
        calls = 0;
        fault = call -> calls == number;
    }

    /** Has calls fail by their name: the C function's, or for a request to a device its number in hexadecimal. */
    public void fail(Predicate<String> calledSo, int newErrno) {
        errno = newErrno;
        fault = calledSo;
    }

    /** Has virtual CPUs, so many times, not run but report a shutdown at once, with their registers as they are. */
    public void failToStart(int times) {
        falseStarts = times;
    }

    /** How many calls that may fail there were since {@link #failCall}. */
    public int calls() {
        return calls;
    }

    /** What is open or mapped: nothing, if all was given back. */
    public String held() {
        return descriptors.isEmpty() && mappings.isEmpty() ? "" : descriptors + " " + mappings;
    }

    private long call(String name, LongSupplier call) {
        boolean fails = fault.test(name);
        calls++;
        return fails ? -errno : call.getAsLong();
    }

    private int opened(long result) {
        if (result >= 0) {
            descriptors.add((int) result);
        }
        return (int) result;
    }

    private static String request(int request) {
        return Integer.toHexString(request);
    }

    private final class Faulty implements LibC {

        private static final int MAP_FIXED = 0x10;

        private static final int CREATE_VCPU = 0xAE41;
        private static final int RUN = 0xAE80;

        /** What opens another descriptor: KVM_CREATE_VM is the other one. */
        private static final Set<Integer> OPENING = Set.of(0xAE01, CREATE_VCPU);

        private static final long EXIT_REASON = 8;
        private static final int SHUTDOWN = 8;

        @Override
        public int open(MemorySegment path, int flags) {
            return opened(call("open", () -> real.open(path, flags)));
        }

        /** Never fails in a way that leaves it open. */
        @Override
        public int close(int descriptor) {
            vcpus.remove(descriptor);
            descriptors.remove(descriptor);
            return real.close(descriptor);
        }

        @Override
        public long pread(int descriptor, MemorySegment buffer, long count, long offset) {
            return call("pread", () -> real.pread(descriptor, buffer, count, offset));
        }

        @Override
        @SuppressWarnings("restricted") // the page is mapped for as long as its virtual CPU is open
        public int ioctl(int descriptor, int request, long argument) {
            if (request == RUN && falseStarts > 0) {
                falseStarts--;
                MemorySegment.ofAddress(vcpuPage).reinterpret(Long.SIZE).set(JAVA_INT, EXIT_REASON, SHUTDOWN);
                return 0;
            }
            long result = call(request(request), () -> real.ioctl(descriptor, request, argument));
            if (request == CREATE_VCPU) {
                vcpus.add((int) result);
            }
            return OPENING.contains(request) ? opened(result) : (int) result;
        }

        @Override
        public int ioctl(int descriptor, int request, MemorySegment argument) {
            return (int) call(request(request), () -> real.ioctl(descriptor, request, argument));
        }

        @Override
        public int memfdCreate(MemorySegment name, int flags) {
            return opened(call("memfd_create", () -> real.memfdCreate(name, flags)));
        }

        @Override
        public int ftruncate(int descriptor, long length) {
            return (int) call("ftruncate", () -> real.ftruncate(descriptor, length));
        }

        @Override
        public long mmap(long address, long length, int protection, int flags, int descriptor, long offset) {
            long result = call("mmap", () -> real.mmap(address, length, protection, flags, descriptor, offset));
            if (result >= 0 && (flags & MAP_FIXED) == 0) {
                mappings.put(result, length);
                vcpuPage = vcpus.contains(descriptor) ? result : vcpuPage;
            }
            return result;
        }

        /** Fails only for what is no mapping. */
        @Override
        public int munmap(long address, long length) {
            if (!mappings.remove(address, length)) {
                throw new IllegalStateException("unmaps what was not mapped");
            }
            return real.munmap(address, length);
        }

        @Override
        public int mprotect(long address, long length, int protection) {
            return (int) call("mprotect", () -> real.mprotect(address, length, protection));
        }

        @Override
        public int madvise(long address, long length, int advice) {
            return (int) call("madvise", () -> real.madvise(address, length, advice));
        }

        @Override
        public int getrusage(int who, MemorySegment usage) {
            return (int) call("getrusage", () -> real.getrusage(who, usage));
        }

        @Override
        public int gettid() {
            return real.gettid();
        }

        /** By any thread, so it is not counted. */
        @Override
        public int tgkill(int process, int thread, int signal) {
            return real.tgkill(process, thread, signal);
        }

        @Override
        public long signal(int signal, long handler) {
            return call("signal", () -> real.signal(signal, handler));
        }

        @Override
        public int pthreadSigmask(int how, MemorySegment set, MemorySegment oldSet) {
            return (int) call("pthread_sigmask", () -> real.pthreadSigmask(how, set, oldSet));
        }

        @Override
        public int sigtimedwait(MemorySegment set, MemorySegment info, MemorySegment timeout) {
            return (int) call("sigtimedwait", () -> real.sigtimedwait(set, info, timeout));
        }
    }
}
