package dev.mayfly.compiler.x64;

import org.jspecify.annotations.Nullable;

/**
 * An operand in memory: {@code [base + (index << shift) + displacement]}, each part optional, or something relative to
 * the instruction pointer.
 *
 * @param base a register or {@link Registers#NONE}
 * @param index a register but {@code rsp}, or {@link Registers#NONE}
 * @param shift 0 to 3
 * @param wraps whether the sum is taken modulo 2^32
 */
record Address(
        int base,
        int index,
        int shift,
        int displacement,
        @Nullable Reference reference,
        boolean wraps) {

    static Address base(int base, int displacement) {
        return new Address(base, Registers.NONE, 0, displacement, null, false);
    }

    static Address indexed(int base, int index, int shift, int displacement) {
        return new Address(base, index, shift, displacement, null, false);
    }

    /** At most 2^31 - 1. */
    static Address absolute(int displacement) {
        return base(Registers.NONE, displacement);
    }

    static Address of(Reference reference) {
        return new Address(Registers.NONE, Registers.NONE, 0, 0, reference, false);
    }

    /** The same with other registers. */
    Address with(int newBase, int newIndex) {
        return new Address(newBase, newIndex, shift, displacement, reference, wraps);
    }

    @Override
    public String toString() {
        if (reference != null) {
            return "[rip+" + reference + "]";
        }
        StringBuilder text = new StringBuilder("[");
        int width = wraps ? 4 : 8;
        if (base != Registers.NONE) {
            text.append(MachinePrinter.register(base, width));
        }
        if (index != Registers.NONE) {
            text.append(base == Registers.NONE ? "" : "+").append(MachinePrinter.register(index, width));
            text.append('*').append(1 << shift);
        }
        if (base == Registers.NONE && index == Registers.NONE) {
            text.append("0x").append(Integer.toHexString(displacement));
        } else if (displacement != 0) {
            text.append(displacement < 0 ? "-0x" : "+0x").append(Long.toHexString(Math.abs((long) displacement)));
        }
        return text.append(']').toString();
    }
}
