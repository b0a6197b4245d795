package dev.mayfly.vmm;

import dev.mayfly.abi.MemoryMap;
import dev.mayfly.kvm.CpuState;
import dev.mayfly.kvm.CpuState.SegmentRegister;
import dev.mayfly.kvm.Cpuid;
import dev.mayfly.kvm.GeneralRegister;
import dev.mayfly.kvm.Registers;
import dev.mayfly.kvm.Vcpu;
import dev.mayfly.kvm.Vm;
import dev.mayfly.kvm.VmExit;
import dev.mayfly.nativeaccess.Mapping;
import dev.mayfly.nativeaccess.NativeException;
import dev.mayfly.nativeaccess.WakeableThread;
import java.lang.foreign.MemorySegment;

/** A virtual machine made for one image: its virtual CPU, and the memory that instances write to. */
final class Machine implements AutoCloseable {

    private static final int USER_LEVEL = 3;
    private static final int CODE_SELECTOR = 0x28 | USER_LEVEL;
    private static final int DATA_SELECTOR = 0x30 | USER_LEVEL;
    private static final int TASK_SELECTOR = 0x38;
    private static final int CODE_TYPE = 11; // execute, read, accessed
    private static final int DATA_TYPE = 3; // read, write, accessed

    private static final long CR0 = 1 // PE: protected mode
            | 1 << 1 // MP
            | 1 << 4 // ET
            | 1 << 5 // NE: x87 errors are exceptions
            | 1 << 16 // WP
            | 1L << 31; // PG: paging
    private static final long CR4 = 1 << 2 // TSD: no rdtsc at level 3 (the host's own setting on some hypervisors)
            | 1 << 5 // PAE
            | 1 << 9 // OSFXSR: SSE
            | 1 << 10 // OSXMMEXCPT
            | 1 << 18; // OSXSAVE: xrstor, AVX. And not FSGSBASE, PCE, PKE, ...
    private static final long CR4_UMIP = 1 << 11; // no sgdt, sidt, sldt, str, smsw at level 3
    private static final long EFER = 1 << 8 // LME
            | 1 << 10 // LMA: 64-bit mode
            | 1 << 11; // NXE. And not SCE: no syscall
    private static final long RFLAGS = 1 << 1; // always set. And not IOPL: the task state says which ports are allowed
    private static final long TRAP_FLAG = 1 << 8; // with it, a jump to the first instruction ends there too
    private static final long XCR0 = 1 // x87
            | 1 << 1 // SSE
            | 1 << 2; // AVX, if there is

    private final LoadedImage image;
    private final Mapping memory;
    private final MemoryReset reset;
    private final Vm vm;
    private final Vcpu cpu;
    private final CpuState initial;
    private long linearBytes;

    private Machine(LoadedImage image, Mapping memory, MemoryReset reset, Vm vm, Vcpu cpu, CpuState initial) {
        this.image = image;
        this.memory = memory;
        this.reset = reset;
        this.vm = vm;
        this.cpu = cpu;
        this.initial = initial;
        this.linearBytes = image.layout().image().memory().initialBytes();
    }

    static Machine create(Hypervisor hypervisor, LoadedImage image, long retainedBytes, WakeableThread thread)
            throws NativeException {
        ImageLayout layout = image.layout();
        try (Acquisition acquired = new Acquisition()) {
            Mapping memory = hypervisor.linux().reserve(layout.privateBytes(), "memory of a machine");
            acquired.add(memory::close);
            image.overlay(memory);
            memory.resize(layout.linearOffset() + layout.image().memory().initialBytes());
            Vm vm = hypervisor.kvm().createVm();
            acquired.add(vm::close);
            vm.map(0, ImageLayout.SHARED, image.pristine(), layout.sharedBytes(), Vm.Access.READ_ONLY);
            vm.map(1, ImageLayout.TRAP, hypervisor.trap(), Vm.Access.READ_WRITE);
            vm.map(2, ImageLayout.PRIVATE, memory, Vm.Access.READ_WRITE);
            Vcpu cpu = vm.createVcpu();
            CpuState initial = enterUserMode(cpu, hypervisor.kvm().cpuid(), layout, thread);
            MemoryReset reset = new MemoryReset(hypervisor.linux(), hypervisor.pageMap(), image, memory, retainedBytes);
            return acquired.complete(new Machine(image, memory, reset, vm, cpu, initial));
        }
    }

    private static CpuState enterUserMode(Vcpu cpu, Cpuid cpuid, ImageLayout layout, WakeableThread thread)
            throws NativeException {
        cpu.extendedState(XCR0 & cpuid.extendedState());
        cpu.signalMask(thread.maskWhileListening());
        CpuState initial = initialState(cpu, cpuid, layout);
        cpu.enterMode(initial);
        return initial;
    }

    private static CpuState initialState(Vcpu cpu, Cpuid cpuid, ImageLayout layout) throws NativeException {
        CpuState state = cpu.state()
                .control("cr0", CR0)
                .control("cr3", ImageLayout.PRIVATE + layout.tablesOffset())
                .control("cr4", cpuid.hasUmip() ? CR4 | CR4_UMIP : CR4)
                .control("efer", EFER)
                .noDescriptorTables()
                .taskState(TASK_SELECTOR, EntryStub.TASK_STATE, EntryStub.TASK_STATE_LIMIT);
        for (SegmentRegister register : SegmentRegister.values()) {
            boolean code = register == SegmentRegister.CS;
            state.segment(
                    register, code ? CODE_SELECTOR : DATA_SELECTOR, USER_LEVEL, code ? CODE_TYPE : DATA_TYPE, code);
        }
        for (GeneralRegister register : GeneralRegister.values()) {
            state.general(register, 0);
        }
        return state.general(GeneralRegister.RIP, EntryStub.ADDRESS)
                .general(GeneralRegister.RSP, MemoryMap.STACK_TOP)
                .general(GeneralRegister.RFLAGS, RFLAGS);
    }

    /** Whether it was made for this image. */
    boolean isFor(LoadedImage other) {
        return image == other;
    }

    /** Has the next run begin at an entry. */
    void start(long entry) {
        cpu.load(initial.general(GeneralRegister.RCX, entry));
    }

    /** Whether its registers are as {@link #start} has set them, as far as code that got there could have others. */
    boolean isAsStarted(long entry) {
        Registers registers = cpu.registers();
        return registers.rip() == EntryStub.ADDRESS
                && registers.rsp() == MemoryMap.STACK_TOP
                && registers.rcx() == entry
                && (registers.rflags() & TRAP_FLAG) == 0;
    }

    VmExit run() throws NativeException {
        return cpu.run();
    }

    Registers registers() {
        return cpu.registers();
    }

    boolean isMemoryAccess(long instruction) {
        return image.layout().image().memoryAccesses().test(instruction);
    }

    MemorySegment linear() {
        return memory.segment().asSlice(image.layout().linearOffset(), linearBytes);
    }

    MemorySegment context() {
        long context = image.layout().image().context();
        for (ImageLayout.Placed placed : image.layout().data()) {
            Region region = placed.region();
            if (context >= region.address() && context < region.end()) {
                return data(context, region.end() - context);
            }
        }
        throw new IllegalStateException("an image has a context"); // GuestImage has checked
    }

    MemorySegment data(long address, long bytes) {
        ImageLayout layout = image.layout();
        for (ImageLayout.Placed placed : layout.data()) {
            Region region = placed.region();
            if (isWithin(address, bytes, region.address(), region.bytes())) {
                return memory.segment().asSlice(placed.offset() + address - region.address(), bytes);
            }
        }
        GuestImage guest = layout.image();
        if (isWithin(address, bytes, guest.stackBottom(), guest.stackBytes())) {
            return memory.segment().asSlice(layout.dataBytes() + address - guest.stackBottom(), bytes);
        }
        throw new IndexOutOfBoundsException(bytes + " bytes at " + Long.toHexString(address) + " are not data");
    }

    private static boolean isWithin(long address, long bytes, long start, long length) {
        return bytes >= 0 && address >= start && address - start <= length && bytes <= length - (address - start);
    }

    /**
     * Grows linear memory.
     *
     * @param pages whatever the guest says
     * @return its size before in pages of 64 KiB, or -1 if it cannot grow by so much
     */
    long grow(long pages) {
        long before = linearBytes / LinearMemory.PAGE;
        long limit = image.layout().image().memory().limitBytes() / LinearMemory.PAGE;
        if (pages < 0 || pages > limit - before) {
            return -1;
        }
        long grown = linearBytes + pages * LinearMemory.PAGE;
        try {
            memory.resize(image.layout().linearOffset() + grown);
        } catch (NativeException e) {
            return -1; // the system has no more: WebAssembly's answer to that
        }
        linearBytes = grown;
        return before;
    }

    /**
     * Makes it as new: every segment given out ends, memory is the image's again. Until its next use, it belongs to no
     * thread.
     */
    void reset() throws NativeException {
        memory.endViews();
        reset.run();
        linearBytes = image.layout().image().memory().initialBytes();
        memory.resize(image.layout().linearOffset() + linearBytes);
        memory.detach();
        cpu.detach();
    }

    @Override
    public void close() {
        vm.close();
        memory.close();
    }
}
