package dev.mayfly.sandbox.microvm;

import dev.mayfly.image.Image;
import dev.mayfly.kvm.Registers;
import dev.mayfly.sandbox.Frame;
import dev.mayfly.vmm.GuestMemory;
import dev.mayfly.wasm.FunctionNames;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads a backtrace off the stack of an instance that has ended: each function's frame begins with the address of its
 * caller's frame, below the address that it returns to. Nothing on the stack is trusted: whatever makes no sense ends the
 * backtrace.
 */
record BacktraceReader(Image image, FunctionNames names) {

    static final int MAX_FRAMES = 100;

    /** Names are the module's author's; a longer one is cut. */
    private static final int MAX_NAME_LENGTH = 500;

    /** Of {@code out imm8, eax}. */
    private static final int TRAP_BYTES = 2;

    private static final int RETURN_ADDRESS = 8;
    private static final int LINKAGE_BYTES = 16;

    List<Frame> read(Registers registers, GuestMemory memory) {
        List<Frame> frames = new ArrayList<>();
        add(frames, innermost(registers.rip()));
        long base = registers.rbp();
        long previous = 0;
        while (frames.size() < MAX_FRAMES && Long.compareUnsigned(base, previous) > 0) {
            MemorySegment linkage;
            try {
                linkage = memory.data(base, LINKAGE_BYTES);
            } catch (IndexOutOfBoundsException e) {
                break;
            }
            // A call is known by its last byte: behind it, another function may begin.
            add(frames, linkage.get(ValueLayout.JAVA_LONG_UNALIGNED, RETURN_ADDRESS) - 1);
            previous = base;
            base = linkage.get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
        }
        return List.copyOf(frames);
    }

    /** Where it ended: some versions of KVM leave the guest at the instruction that traps, others behind it. */
    private long innermost(long rip) {
        return isSite(rip) || !isSite(rip - TRAP_BYTES) ? rip : rip - TRAP_BYTES;
    }

    private boolean isSite(long address) {
        return image.position(address)
                .filter(position -> position.offset().isPresent())
                .isPresent();
    }

    /** Adds a frame, unless the address is in code that is none of the module's. */
    private void add(List<Frame> frames, long address) {
        image.position(address)
                .ifPresent(position -> frames.add(
                        new Frame(position.function(), name(position.function()), offset(position.offset()))));
    }

    private Optional<String> name(int function) {
        return Optional.ofNullable(names.get(function))
                .map(name -> name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH));
    }

    private static OptionalLong offset(OptionalInt offset) {
        return offset.isPresent() ? OptionalLong.of(offset.getAsInt()) : OptionalLong.empty();
    }
}
