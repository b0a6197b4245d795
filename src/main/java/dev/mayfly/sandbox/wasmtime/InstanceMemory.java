package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.wasi.LinearMemory;
import io.github.kawamuray.wasmtime.Memory;
import io.github.kawamuray.wasmtime.Store;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A linear memory of a live instance. The engine reserves the address space that a memory can grow into, so its address
 * never changes. Must be made while the memory is smaller than 2 GiB, which is as much as the binding can show.
 */
final class InstanceMemory implements LinearMemory {

    private final Store<Void> store;
    private final Memory memory;
    private final Arena arena;
    private final long address;

    /**
     * @param arena closed before the store, so that no later access can reach freed memory
     */
    InstanceMemory(Store<Void> store, Memory memory, Arena arena) {
        this.store = store;
        this.memory = memory;
        this.arena = arena;
        this.address = MemorySegment.ofBuffer(memory.buffer(store)).address();
    }

    long bytes() {
        return memory.dataSize(store);
    }

    /** The reinterpretation is sound: the engine says how large the memory is, and it never shrinks or moves. */
    @SuppressWarnings("restricted")
    @Override
    public MemorySegment segment() {
        return MemorySegment.ofAddress(address).reinterpret(bytes(), arena, null);
    }
}
