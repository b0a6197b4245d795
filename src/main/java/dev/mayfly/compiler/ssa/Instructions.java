package dev.mayfly.compiler.ssa;

import dev.mayfly.abi.TrapCode;
import java.util.Arrays;

/** The instructions of a function. Those of one block are linked to each other in order. */
public final class Instructions {

    /** Stands where there is no instruction. */
    public static final int NONE = -1;

    private static final TrapCode[] TRAP_CODES = TrapCode.values();

    private byte[] opcode = new byte[64];
    private long[] immediate = new long[64];
    private int[] auxiliary = new int[64];
    private int[] position = new int[64];
    private int[] firstResult = new int[64];
    private int[] resultCount = new int[64];
    private final IntLists arguments = new IntLists();

    private int[] block = new int[64];
    private int[] next = new int[64];
    private int[] previous = new int[64];
    private int count;

    Instructions() {}

    int create(Opcode operation, long immediateBits, int auxiliaryNumber, int sourcePosition, int room) {
        if (count == opcode.length) {
            grow(count * 2);
        }
        int instruction = count++;
        arguments.create(room);
        opcode[instruction] = (byte) operation.ordinal();
        immediate[instruction] = immediateBits;
        auxiliary[instruction] = auxiliaryNumber;
        position[instruction] = sourcePosition;
        firstResult[instruction] = Values.NONE;
        block[instruction] = Blocks.NONE;
        next[instruction] = NONE;
        previous[instruction] = NONE;
        return instruction;
    }

    private void grow(int size) {
        opcode = Arrays.copyOf(opcode, size);
        immediate = Arrays.copyOf(immediate, size);
        auxiliary = Arrays.copyOf(auxiliary, size);
        position = Arrays.copyOf(position, size);
        firstResult = Arrays.copyOf(firstResult, size);
        resultCount = Arrays.copyOf(resultCount, size);
        block = Arrays.copyOf(block, size);
        next = Arrays.copyOf(next, size);
        previous = Arrays.copyOf(previous, size);
    }

    /** How many there ever were: every instruction is smaller. */
    public int count() {
        return count;
    }

    public Opcode opcode(int instruction) {
        return Opcode.of(opcode[instruction]);
    }

    /** A constant's bits, a memory access's offset, or the index of a function, global or table. */
    public long immediate(int instruction) {
        return immediate[instruction];
    }

    /** A condition, trap code, builtin or alignment, as a number. */
    public int auxiliary(int instruction) {
        return auxiliary[instruction];
    }

    public IntCondition intCondition(int instruction) {
        return IntCondition.of(auxiliary[instruction]);
    }

    public FloatCondition floatCondition(int instruction) {
        return FloatCondition.of(auxiliary[instruction]);
    }

    public TrapCode trapCode(int instruction) {
        return TRAP_CODES[auxiliary[instruction]];
    }

    public Builtin builtin(int instruction) {
        return Builtin.of(auxiliary[instruction]);
    }

    /** Where the WebAssembly instruction that it stems from begins, in bytes from the start of the module. */
    public int position(int instruction) {
        return position[instruction];
    }

    public int argumentCount(int instruction) {
        return arguments.size(instruction);
    }

    public int argument(int instruction, int index) {
        return arguments.get(instruction, index);
    }

    public void setArgument(int instruction, int index, int value) {
        arguments.set(instruction, index, value);
    }

    void addArgument(int instruction, int value) {
        arguments.add(instruction, value);
    }

    public int resultCount(int instruction) {
        return resultCount[instruction];
    }

    /** The results of an instruction are consecutive values. */
    public int result(int instruction, int index) {
        return firstResult[instruction] + index;
    }

    /** The first result; {@link Values#NONE} where there is none. */
    public int result(int instruction) {
        return firstResult[instruction];
    }

    void addResult(int instruction, int value) {
        if (resultCount[instruction] == 0) {
            firstResult[instruction] = value;
        } else if (value != firstResult[instruction] + resultCount[instruction]) {
            throw new IllegalArgumentException("the results of an instruction are consecutive values");
        }
        resultCount[instruction]++;
    }

    /** Makes it compute its result in another way. The arguments must be there already. */
    public void rewrite(
            int instruction, Opcode operation, long immediateBits, int auxiliaryNumber, int... newArguments) {
        opcode[instruction] = (byte) operation.ordinal();
        immediate[instruction] = immediateBits;
        auxiliary[instruction] = auxiliaryNumber;
        arguments.clear(instruction);
        for (int argument : newArguments) {
            arguments.add(instruction, argument);
        }
    }

    /** The block that it stands in; {@link Blocks#NONE} once it was removed. */
    public int block(int instruction) {
        return block[instruction];
    }

    public int next(int instruction) {
        return next[instruction];
    }

    public int previous(int instruction) {
        return previous[instruction];
    }

    void place(int instruction, int inBlock) {
        block[instruction] = inBlock;
    }

    void link(int before, int after) {
        if (before != NONE) {
            next[before] = after;
        }
        if (after != NONE) {
            previous[after] = before;
        }
    }
}
