package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.code.Relocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes instructions with physical registers (Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2).
 * A size is that of the operation in bytes: 8 sets REX.W. Jumps have 32 bits until they are {@linkplain #shortenJumps()
 * shortened}, when it is known how far they go.
 */
final class Assembler {

    private static final int UNBOUND = -1;

    private final CodeBuffer code = new CodeBuffer();
    private final List<Relocation> relocations = new ArrayList<>();
    private int[] labels = new int[16];
    private int labelCount;

    /** Offsets of displacements of 32 bits and the labels that they refer to, in turns. */
    private final List<int[]> fixups = new ArrayList<>();

    private final List<ShortJumps.Jump> jumps = new ArrayList<>();

    /** How many bytes of the current instruction follow its displacement. */
    private int bytesBehind;

    int offset() {
        return code.size();
    }

    CodeBuffer code() {
        return code;
    }

    List<Relocation> relocations() {
        return relocations;
    }

    int newLabel() {
        if (labelCount == labels.length) {
            labels = Arrays.copyOf(labels, labelCount * 2);
        }
        labels[labelCount] = UNBOUND;
        return labelCount++;
    }

    void bind(int label) {
        labels[label] = code.size();
    }

    int offsetOf(int label) {
        return labels[label];
    }

    /** Makes jumps as short as they can be. The labels that they go to must be bound. */
    ShortJumps shortenJumps() {
        ShortJumps shorter = ShortJumps.of(jumps, labels);
        shorter.apply(code, labels);
        Arrays.setAll(labels, label -> labels[label] == UNBOUND ? UNBOUND : shorter.offset(labels[label]));
        fixups.removeIf(fixup -> shorter.isGone(fixup[0]));
        fixups.forEach(fixup -> fixup[0] = shorter.offset(fixup[0]));
        relocations.replaceAll(
                old -> new Relocation(shorter.offset(old.offset()), old.kind(), old.index(), old.addend()));
        jumps.clear();
        return shorter;
    }

    /** Fills in the displacements, when all labels are bound. */
    void link() {
        for (int[] fixup : fixups) {
            code.set32(fixup[0], labels[fixup[1]] - (fixup[0] + 4) + code.get32(fixup[0]));
        }
        fixups.clear();
    }

    // One register and a register or memory

    void emit(Op op, int size, int register, int rm) {
        encode(op, size, op.opcode(), register, rm, null, 0, 0);
    }

    void emit(Op op, int size, int register, Address rm) {
        encode(op, size, op.opcode(), register, 0, rm, 0, 0);
    }

    void emit(Op op, Condition condition, int size, int register, int rm) {
        encode(op, size, op.opcode() + condition.ordinal(), register, rm, null, 0, 0);
    }

    void emit(Op op, Condition condition, int size, int register, Address rm) {
        encode(op, size, op.opcode() + condition.ordinal(), register, 0, rm, 0, 0);
    }

    // The same with an immediate, which takes one byte where the instruction has such a form and it fits

    void emit(Op op, int size, int register, int rm, int immediate) {
        emitImmediate(op, size, register, rm, null, immediate);
    }

    void emit(Op op, int size, int register, Address rm, int immediate) {
        emitImmediate(op, size, register, 0, rm, immediate);
    }

    private void emitImmediate(Op op, int size, int register, int rm, @Nullable Address memory, int immediate) {
        boolean fits = immediate == (byte) immediate;
        int bytes =
                switch (op) {
                    case ADDI, ORI, ANDI, SUBI, XORI, CMPI, IMULI -> fits ? 1 : 4;
                    case TESTI, MOVI -> 4;
                    case MOVI16 -> 2;
                    default -> 1;
                };
        boolean shortForm = bytes == 1 && (op.opcode() == 0x81 || op == Op.IMULI);
        encode(op, size, op.opcode() | (shortForm ? 2 : 0), register, rm, memory, bytes, 0);
        for (int i = 0; i < bytes; i++) {
            code.put8(immediate >> (8 * i));
        }
    }

    /** r/m shifted by the count in a register. */
    void emitVex(Op op, int size, int register, int rm, int count) {
        encode(op, size, op.opcode(), register, rm, null, 0, count);
    }

    private void encode(
            Op op, int size, int opcode, int register, int rm, @Nullable Address memory, int behind, int vexRegister) {
        bytesBehind = behind;
        int field = op.digit() == Op.NO_DIGIT ? register & 15 : op.digit();
        if (memory != null && memory.wraps()) {
            code.put8(0x67);
        }
        int rex = rex(op, size, field, rm, memory);
        if (op.isVex()) {
            vex(op, rex, vexRegister);
        } else {
            prefixes(op, rex, needsRex(op, field, rm, memory));
        }
        code.put8(opcode);
        if (memory == null) {
            code.put8(0xC0 | (field & 7) << 3 | (rm & 7));
        } else {
            memory((field & 7) << 3, memory);
        }
    }

    private static int rex(Op op, int size, int field, int rm, @Nullable Address memory) {
        boolean wide = size == 8 && op.hasWideForm();
        int bits = (wide ? 8 : 0) | (field >= 8 ? 4 : 0);
        if (memory == null) {
            return bits | ((rm & 8) != 0 ? 1 : 0);
        }
        int base = memory.base() != Registers.NONE ? memory.base() >> 3 & 1 : 0;
        int index = memory.index() != Registers.NONE ? memory.index() >> 3 & 1 : 0;
        return bits | index << 1 | base;
    }

    /** The lower bytes of rsp, rbp, rsi and rdi can only be named with a REX prefix. */
    private static boolean needsRex(Op op, int field, int rm, @Nullable Address memory) {
        if (!op.readsBytes()) {
            return false;
        }
        int named = op == Op.STORE8 ? field : memory == null ? rm : 0;
        return op != Op.MOVI8 && named >= Registers.RSP && named <= Registers.RDI;
    }

    private void prefixes(Op op, int rex, boolean always) {
        if (op.prefix() != 0) {
            code.put8(op.prefix());
        }
        if (rex != 0 || always) {
            code.put8(0x40 | rex);
        }
        if (op.escape() != 0) {
            code.put8(0x0F);
            if (op.escape() != 0x0F) {
                code.put8(op.escape());
            }
        }
    }

    private void vex(Op op, int rex, int register) {
        int map = op.escape() == 0x38 ? 2 : 3;
        int prefix =
                switch (op.prefix()) {
                    case 0x66 -> 1;
                    case 0xF3 -> 2;
                    default -> 3;
                };
        code.put8(0xC4);
        code.put8((~rex & 7) << 5 | map);
        code.put8((rex & 8) << 4 | (~register & 15) << 3 | prefix);
    }

    private void memory(int field, Address memory) {
        Reference reference = memory.reference();
        if (reference != null) {
            code.put8(field | 5);
            refer(reference);
        } else if (memory.base() == Registers.NONE) {
            int index = memory.index() == Registers.NONE ? 4 : memory.index() & 7;
            code.put8(field | 4);
            code.put8(memory.shift() << 6 | index << 3 | 5);
            code.put32(memory.displacement());
        } else {
            based(field, memory);
        }
    }

    private void based(int field, Address memory) {
        int base = memory.base() & 7;
        int displacement = memory.displacement();
        int mode = displacement == 0 && base != 5 ? 0 : displacement == (byte) displacement ? 1 : 2;
        if (memory.index() == Registers.NONE && base != 4) {
            code.put8(mode << 6 | field | base);
        } else {
            int index = memory.index() == Registers.NONE ? 4 : memory.index() & 7;
            code.put8(mode << 6 | field | 4);
            code.put8(memory.shift() << 6 | index << 3 | base);
        }
        if (mode == 1) {
            code.put8(displacement);
        } else if (mode == 2) {
            code.put32(displacement);
        }
    }

    /** A displacement is relative to the end of the instruction. */
    private void refer(Reference reference) {
        if (reference.kind() == null) {
            fixups.add(new int[] {code.size(), reference.index()});
            code.put32(reference.addend() - bytesBehind);
        } else {
            relocations.add(
                    new Relocation(code.size(), reference.kind(), reference.index(), reference.addend() - bytesBehind));
            code.put32(0);
        }
    }

    // Everything else

    /** Sets a register to a constant in the shortest way that changes no flags. */
    void constant(int register, long value) {
        int rex = (register >= 8 ? 1 : 0);
        if (value >>> 32 == 0) {
            optionalRex(rex);
            code.put8(0xB8 | (register & 7));
            code.put32((int) value);
        } else if (value == (int) value) {
            emit(Op.MOVI, 8, 0, register, (int) value);
        } else {
            optionalRex(8 | rex);
            code.put8(0xB8 | (register & 7));
            code.put64(value);
        }
    }

    private void optionalRex(int rex) {
        if (rex != 0) {
            code.put8(0x40 | rex);
        }
    }

    void jump(int label) {
        jumps.add(new ShortJumps.Jump(code.size(), 5, 0xEB, label));
        code.put8(0xE9);
        bytesBehind = 0;
        refer(Reference.label(label));
    }

    void jump(Condition condition, int label) {
        jumps.add(new ShortJumps.Jump(code.size(), 6, 0x70 | condition.ordinal(), label));
        code.put8(0x0F);
        code.put8(0x80 | condition.ordinal());
        bytesBehind = 0;
        refer(Reference.label(label));
    }

    void call(Reference target) {
        code.put8(0xE8);
        bytesBehind = 0;
        refer(target);
    }

    void jump(Reference target) {
        code.put8(0xE9);
        bytesBehind = 0;
        refer(target);
    }

    void ret() {
        code.put8(0xC3);
    }

    /** Sign-extends {@code rax} into {@code rdx}. */
    void extendAccumulator(int size) {
        optionalRex(size == 8 ? 8 : 0);
        code.put8(0x99);
    }

    /** Writes {@code eax} to a port. */
    void out(int port) {
        code.put8(0xE7);
        code.put8(port);
    }

    /** Copies {@code rcx} times so many bytes from {@code [rsi]} to {@code [rdi]}. */
    void repeatMove(int size) {
        repeat(size, 0xA4);
    }

    /** Stores {@code rax}, or its lowest byte, {@code rcx} times from {@code [rdi]} on. */
    void repeatStore(int size) {
        repeat(size, 0xAA);
    }

    private void repeat(int size, int opcode) {
        code.put8(0xF3);
        optionalRex(size == 8 ? 8 : 0);
        code.put8(size == 1 ? opcode : opcode | 1);
    }

    /** Lets string instructions go down, or up. */
    void direction(boolean down) {
        code.put8(down ? 0xFD : 0xFC);
    }

    /** Four bytes: how far a label is from another. */
    void distance(int label, int from) {
        fixups.add(new int[] {code.size(), label});
        code.put32(code.size() + 4 - labels[from]);
    }
}
