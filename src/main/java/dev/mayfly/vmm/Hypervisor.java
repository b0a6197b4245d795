package dev.mayfly.vmm;

import dev.mayfly.kvm.Kvm;
import dev.mayfly.kvm.KvmUnavailableException;
import dev.mayfly.nativeaccess.Linux;
import dev.mayfly.nativeaccess.Mapping;
import dev.mayfly.nativeaccess.NativeException;
import dev.mayfly.nativeaccess.PageMap;

/** Makes micro-VMs. Thread-safe; it is closed after all its slots and images. */
public final class Hypervisor implements AutoCloseable {

    private final Linux linux;
    private final Kvm kvm;
    private final PageMap pageMap;
    private final Mapping trap;

    private Hypervisor(Linux linux, Kvm kvm, PageMap pageMap, Mapping trap) {
        this.linux = linux;
        this.kvm = kvm;
        this.pageMap = pageMap;
        this.trap = trap;
    }

    /**
     * Opens the machine's hypervisor.
     *
     * @throws KvmUnavailableException if there is none that can be used, with what to do about it
     */
    public static Hypervisor open(Linux linux) throws KvmUnavailableException, VmmException {
        try (Acquisition acquired = new Acquisition()) {
            Kvm kvm = Kvm.open(linux);
            acquired.add(kvm::close);
            // Addresses that stand for all the memory there is none of, in all machines.
            Mapping trap = linux.inaccessible(ImageLayout.TRAP_BYTES, "trap");
            acquired.add(trap::close);
            return acquired.complete(new Hypervisor(linux, kvm, linux.pageMap(), trap));
        } catch (NativeException e) {
            throw new VmmException("cannot prepare for machines", e);
        }
    }

    /**
     * Makes a machine and runs a guest that only returns, on the current thread, which is a platform thread.
     *
     * @throws VmmException if it does not return
     */
    public void tryOut() throws VmmException {
        Trial.run(this);
    }

    /** Copies an image into memory, for instances to be made from. */
    public LoadedImage load(GuestImage image) throws VmmException {
        try {
            return LoadedImage.load(linux, image);
        } catch (NativeException e) {
            throw new VmmException("cannot load an image", e);
        }
    }

    /**
     * Opens a slot, which belongs to the current thread. It takes next to nothing until it prepares an instance.
     *
     * @throws IllegalStateException if the thread is a virtual one
     */
    public Slot openSlot(SlotOptions options) throws VmmException {
        try {
            return new Slot(this, options, linux.currentThread());
        } catch (NativeException e) {
            throw new VmmException("cannot open a slot", e);
        }
    }

    Linux linux() {
        return linux;
    }

    Kvm kvm() {
        return kvm;
    }

    PageMap pageMap() {
        return pageMap;
    }

    Mapping trap() {
        return trap;
    }

    @Override
    public void close() {
        trap.close();
        pageMap.close();
        kvm.close();
    }
}
