package dev.mayfly.differential;

import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.Opcode;
import java.util.List;
import java.util.Objects;

/** Writes accesses to memory and tables, most of them within bounds, many at an edge. */
final class Accesses {

    private static final int[] OFFSETS = {0, 1, 2, 3, 4, 7, 8, 16, 100, 127, 128, 1024, 4089, 4093, 4096, 0x7000};
    private static final int[] FAR_OFFSETS = {
        0xFFFF, 0x10000, 0x7FFF_FFF8, 0x7FFF_FFFF, 0x8000_0000, 0x8000_0001, 0xFFFF_0000, 0xFFFF_FFF8, 0xFFFF_FFFF
    };

    private static final int VECTOR_BYTES = 16;

    private final Choices choices;
    private final Shape shape;
    private final ByteWriter code;
    private final Expressions expressions;

    Accesses(FunctionScope scope, Expressions expressions) {
        this.choices = scope.choices;
        this.shape = scope.shape;
        this.code = scope.code;
        this.expressions = expressions;
    }

    void load(ValueType type) {
        Opcode opcode = choices.pick(Objects.requireNonNull(Opcodes.LOADS.get(type)));
        int offset = pushAddress(opcode.width(), type == ValueType.F32 || type == ValueType.F64);
        access(opcode, offset);
    }

    void store() {
        Opcode opcode = choices.pick(Opcodes.STORES);
        int offset = pushAddress(opcode.width(), false);
        expressions.pushRevealed(Opcodes.type(opcode).parameters().get(1));
        access(opcode, offset);
    }

    private void access(Opcode opcode, int offset) {
        int alignments = Integer.numberOfTrailingZeros(opcode.width()) + 1;
        code.op(opcode).u32(choices.below(alignments)).u32(offset);
    }

    /**
     * Leaves an address; what is to be added to it is the answer.
     *
     * @param isFloat whether a float is loaded: of one that ends where memory ends, Wasmtime 7 may read a whole vector
     */
    private int pushAddress(int width, boolean isFloat) {
        int kind = choices.below(32);
        if (kind == 31) {
            expressions.push(ValueType.I32);
            return choices.percent(30) ? (int) choices.bits() : choices.pick(FAR_OFFSETS);
        }
        if (kind >= 29) {
            int before = choices.below(2 * width + 1);
            if (before >= width && before < VECTOR_BYTES && isFloat) {
                before += VECTOR_BYTES;
            }
            int offset = choices.pick(OFFSETS);
            code.i32(shape.memoryMinimum * Shape.PAGE - before - offset);
            return offset;
        }
        if (kind < 8) {
            code.i32(choices.percent(30) ? 4096 - choices.below(9) : choices.below(0x8000));
        } else {
            expressions.push(ValueType.I32);
            code.i32(choices.pick(0xFF, 0x7FFF, 0x7FF8, 0xFFF, 0x3)).op(Opcode.I32_AND);
        }
        return choices.pick(OFFSETS);
    }

    private void pushNear(int mask) {
        expressions.push(ValueType.I32);
        if (!choices.percent(4)) {
            code.i32(mask).op(Opcode.I32_AND);
        }
    }

    /** Of what is copied or filled: few, or as many as reach an edge. */
    private void pushCount(int most) {
        if (choices.percent(5)) {
            expressions.push(ValueType.I32);
        } else {
            code.i32(choices.below(most + 1));
        }
    }

    void bulk() {
        boolean hasData = !shape.dataLengths.isEmpty();
        switch (choices.below(6)) {
            case 0, 1 -> {
                pushNear(0x7FFF);
                expressions.push(ValueType.I32);
                pushCount(300);
                code.op(Opcode.MEMORY_FILL).u8(0);
            }
            case 2, 3 -> {
                pushNear(0x7FFF);
                pushNear(0x7FFF);
                pushCount(300);
                code.op(Opcode.MEMORY_COPY).u8(0).u8(0);
            }
            case 4 -> {
                if (hasData) {
                    int segment = choices.below(shape.dataLengths.size());
                    pushNear(0x7FFF);
                    pushCount(2);
                    pushCount(shape.dataLengths.get(segment));
                    code.op(Opcode.MEMORY_INIT).u32(segment).u8(0);
                }
            }
            default -> {
                if (hasData && choices.percent(20)) {
                    code.op(Opcode.DATA_DROP).u32(choices.below(shape.dataLengths.size()));
                }
            }
        }
    }

    void table() {
        int table = choices.below(shape.tables.size());
        Shape.Table accessed = shape.tables.get(table);
        List<Integer> alike = shape.tables(accessed.type());
        List<Integer> segments = shape.elements(accessed.type());
        switch (choices.below(6)) {
            case 0, 1 -> {
                expressions.pushIndex(table);
                expressions.push(accessed.type());
                code.op(Opcode.TABLE_SET).u32(table);
            }
            case 2 -> {
                expressions.pushIndex(table);
                expressions.push(accessed.type());
                pushCount(2);
                code.op(Opcode.TABLE_FILL).u32(table);
            }
            case 3 -> {
                int from = choices.pick(alike);
                expressions.pushIndex(table);
                expressions.pushIndex(from);
                pushCount(3);
                code.op(Opcode.TABLE_COPY).u32(table).u32(from);
            }
            case 4 -> {
                if (!segments.isEmpty()) {
                    expressions.pushIndex(table);
                    pushCount(1);
                    pushCount(2);
                    code.op(Opcode.TABLE_INIT).u32(choices.pick(segments)).u32(table);
                }
            }
            default -> {
                if (!segments.isEmpty() && choices.percent(20)) {
                    code.op(Opcode.ELEM_DROP).u32(choices.pick(segments));
                }
            }
        }
    }
}
