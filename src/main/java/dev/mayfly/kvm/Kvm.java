package dev.mayfly.kvm;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.mayfly.kvm.KvmUnavailableException.Reason;
import dev.mayfly.nativeaccess.Descriptor;
import dev.mayfly.nativeaccess.Errno;
import dev.mayfly.nativeaccess.Linux;
import dev.mayfly.nativeaccess.NativeException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The kernel's hypervisor. Thread-safe. */
public final class Kvm implements AutoCloseable {

    private static final String DEVICE = "/dev/kvm";
    private static final int API_VERSION = 12;
    private static final int CPUID_ENTRIES = 256;

    private final Linux linux;
    private final Descriptor device;
    private final int runBytes;
    private final MemorySegment cpuid;

    private Kvm(Linux linux, Descriptor device) throws NativeException {
        this.linux = linux;
        this.device = device;
        this.runBytes = device.ioctl(Requests.GET_VCPU_MMAP_SIZE, 0);
        this.cpuid = supportedCpuid(device);
    }

    /**
     * Opens it, having made sure that it can do what is needed.
     *
     * @throws KvmUnavailableException if it cannot, with what to do about it
     */
    public static Kvm open(Linux linux) throws KvmUnavailableException {
        return open(linux, DEVICE);
    }

    static Kvm open(Linux linux, String path) throws KvmUnavailableException {
        Descriptor device;
        try {
            device = linux.openToReadAndWrite(path);
        } catch (NativeException e) {
            throw cannotOpen(path, e);
        }
        try {
            requireVersion(device, path);
            for (Capability capability : Capability.values()) {
                require(device, capability);
            }
            return new Kvm(linux, device);
        } catch (NativeException e) {
            device.close();
            throw new KvmUnavailableException(
                    Reason.CANNOT_BE_OPENED, path + " does not work (" + e.getMessage() + "): see the kernel's log");
        } catch (KvmUnavailableException e) {
            device.close();
            throw e;
        }
    }

    private static KvmUnavailableException cannotOpen(String path, NativeException e) {
        if (e.errno().equals(Errno.EACCES) || e.errno().equals(Errno.EPERM)) {
            return new KvmUnavailableException(
                    Reason.NOT_PERMITTED,
                    "this process may not open " + path + ": add its user to the group that owns the device"
                            + " (usually kvm), or in a container allow the device (docker run --device /dev/kvm)");
        }
        if (e.errno().equals(Errno.ENOENT) || e.errno().equals(Errno.ENODEV)) {
            return new KvmUnavailableException(
                    Reason.MISSING,
                    path + " does not exist: enable virtualization in the firmware (or nested virtualization in the"
                            + " hypervisor) and load the module kvm_intel or kvm_amd, or in a container add the device"
                            + " (docker run --device /dev/kvm)");
        }
        return new KvmUnavailableException(
                Reason.CANNOT_BE_OPENED, "cannot open KVM (" + e.getMessage() + "): see the kernel's log");
    }

    private static void requireVersion(Descriptor device, String path) throws KvmUnavailableException, NativeException {
        int version;
        try {
            version = device.ioctl(Requests.GET_API_VERSION, 0);
        } catch (NativeException e) {
            if (e.errno().equals(Errno.ENOTTY)) {
                throw new KvmUnavailableException(
                        Reason.MISSING, path + " is not KVM: load the module kvm_intel or kvm_amd");
            }
            throw e;
        }
        if (version != API_VERSION) {
            throw new KvmUnavailableException(
                    Reason.TOO_OLD,
                    "KVM here has version " + version + " of its interface, not " + API_VERSION
                            + ": use Linux 4.17 or newer");
        }
    }

    private static void require(Descriptor device, Capability capability)
            throws KvmUnavailableException, NativeException {
        if (!capability.isIn(device.ioctl(Requests.CHECK_EXTENSION, capability.number()))) {
            throw new KvmUnavailableException(
                    Reason.TOO_OLD,
                    "KVM here lacks the capability " + capability + ": use Linux " + capability.since() + " or newer");
        }
    }

    private static MemorySegment supportedCpuid(Descriptor device) throws NativeException {
        // Kept for as long as this object, and read by every thread that makes a virtual CPU.
        MemorySegment cpuid = Arena.ofAuto()
                .allocate(Structs.CPUID2.byteSize() + CPUID_ENTRIES * Structs.CPUID_ENTRY2.byteSize(), Long.BYTES);
        cpuid.set(JAVA_INT, 0, CPUID_ENTRIES);
        device.ioctl(Requests.GET_SUPPORTED_CPUID, cpuid);
        return cpuid.asReadOnly();
    }

    /** What virtual CPUs say they are: as much of the processor as KVM supports. */
    public Cpuid cpuid() {
        return new Cpuid(cpuid);
    }

    /** Makes an empty virtual machine, which belongs to the current thread. */
    public Vm createVm() throws NativeException {
        Descriptor vm = device.ioctlToOpen(Requests.CREATE_VM, 0, "virtual machine");
        boolean leavesOnEmulationFailure =
                device.tryIoctl(Requests.CHECK_EXTENSION, Capability.EXIT_ON_EMULATION_FAILURE) > 0;
        return Vm.initialize(linux, vm, runBytes, cpuid(), leavesOnEmulationFailure);
    }

    /** Machines made from it live on. */
    @Override
    public void close() {
        device.close();
    }
}
