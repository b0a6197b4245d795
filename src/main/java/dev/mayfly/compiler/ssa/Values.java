package dev.mayfly.compiler.ssa;

import java.util.Arrays;

/** The values of a function: each is a result of one instruction or a parameter of one block. */
public final class Values {

    /** Stands where there is no value. */
    public static final int NONE = -1;

    private byte[] type = new byte[32];
    private int[] definition = new int[32];
    private int count;

    Values() {}

    int createResult(Type valueType, int instruction) {
        return create(valueType, instruction);
    }

    int createParameter(Type valueType, int block) {
        return create(valueType, ~block);
    }

    private int create(Type valueType, int definedBy) {
        if (count == type.length) {
            type = Arrays.copyOf(type, count * 2);
            definition = Arrays.copyOf(definition, count * 2);
        }
        type[count] = (byte) valueType.ordinal();
        definition[count] = definedBy;
        return count++;
    }

    /** How many there ever were: every value is smaller. */
    public int count() {
        return count;
    }

    public Type type(int value) {
        return Type.of(type[value]);
    }

    public boolean isParameter(int value) {
        return definition[value] < 0;
    }

    /** The instruction that the value is a result of; {@link Instructions#NONE} for a parameter. */
    public int instruction(int value) {
        return Math.max(definition[value], Instructions.NONE);
    }

    /** The block that the value is a parameter of; {@link Blocks#NONE} for a result. */
    public int parameterBlock(int value) {
        return Math.max(~definition[value], Blocks.NONE);
    }
}
