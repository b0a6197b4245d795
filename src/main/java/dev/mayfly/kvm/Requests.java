package dev.mayfly.kvm;

import dev.mayfly.nativeaccess.Ioctl;

/** The requests of {@code linux/kvm.h} that are used here. */
final class Requests {

    private static final int KVMIO = 0xAE;

    static final Ioctl GET_API_VERSION = Ioctl.none("KVM_GET_API_VERSION", KVMIO, 0x00);
    static final Ioctl CREATE_VM = Ioctl.none("KVM_CREATE_VM", KVMIO, 0x01);
    static final Ioctl CHECK_EXTENSION = Ioctl.none("KVM_CHECK_EXTENSION", KVMIO, 0x03);
    static final Ioctl GET_VCPU_MMAP_SIZE = Ioctl.none("KVM_GET_VCPU_MMAP_SIZE", KVMIO, 0x04);
    static final Ioctl GET_SUPPORTED_CPUID = Ioctl.readWrite("KVM_GET_SUPPORTED_CPUID", KVMIO, 0x05, Structs.CPUID2);

    static final Ioctl CREATE_VCPU = Ioctl.none("KVM_CREATE_VCPU", KVMIO, 0x41);
    static final Ioctl SET_USER_MEMORY_REGION =
            Ioctl.write("KVM_SET_USER_MEMORY_REGION", KVMIO, 0x46, Structs.MEMORY_REGION);
    static final Ioctl SET_TSS_ADDR = Ioctl.none("KVM_SET_TSS_ADDR", KVMIO, 0x47);
    static final Ioctl ENABLE_CAP = Ioctl.write("KVM_ENABLE_CAP", KVMIO, 0xA3, Structs.ENABLE_CAP);

    static final Ioctl RUN = Ioctl.none("KVM_RUN", KVMIO, 0x80);
    static final Ioctl GET_REGS = Ioctl.read("KVM_GET_REGS", KVMIO, 0x81, Structs.REGS);
    static final Ioctl GET_SREGS = Ioctl.read("KVM_GET_SREGS", KVMIO, 0x83, Structs.SREGS);
    static final Ioctl SET_SREGS = Ioctl.write("KVM_SET_SREGS", KVMIO, 0x84, Structs.SREGS);
    static final Ioctl SET_SIGNAL_MASK = Ioctl.write("KVM_SET_SIGNAL_MASK", KVMIO, 0x8B, Structs.SIGNAL_MASK);
    static final Ioctl SET_CPUID2 = Ioctl.write("KVM_SET_CPUID2", KVMIO, 0x90, Structs.CPUID2);
    static final Ioctl GET_VCPU_EVENTS = Ioctl.read("KVM_GET_VCPU_EVENTS", KVMIO, 0x9F, Structs.VCPU_EVENTS);
    static final Ioctl SET_XCRS = Ioctl.write("KVM_SET_XCRS", KVMIO, 0xA7, Structs.XCRS);

    private Requests() {}
}
