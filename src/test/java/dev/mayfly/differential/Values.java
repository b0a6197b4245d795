package dev.mayfly.differential;

import dev.mayfly.wasm.ValueType;
import java.util.List;

/** Types, and numbers at which arithmetic changes its mind. */
final class Values {

    static final List<ValueType> NUMERIC = List.of(ValueType.I32, ValueType.I64, ValueType.F32, ValueType.F64);
    static final List<ValueType> ALL =
            List.of(ValueType.I32, ValueType.I64, ValueType.F64, ValueType.F32, ValueType.FUNCREF, ValueType.EXTERNREF);

    private static final long[] INTEGERS = {
        0,
        1,
        -1,
        2,
        3,
        5,
        7,
        8,
        9,
        10,
        15,
        16,
        31,
        32,
        33,
        63,
        64,
        65,
        100,
        127,
        128,
        255,
        256,
        1000,
        4095,
        4096,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x10000,
        0x7FFF_FFFFL,
        0x8000_0000L,
        0x8000_0001L,
        0xFFFF_FFFFL,
        0x1_0000_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -2,
        -128,
        -129,
        -32768,
        0x5555_5555_5555_5555L,
        0xAAAA_AAAA_AAAA_AAAAL
    };

    /** Infinities, numbers that are none, limits of integers, and what is next to them. */
    private static final double[] FLOATS = {
        0.0,
        1.0,
        -1.0,
        -0.0,
        0.5,
        -0.5,
        1.5,
        2.5,
        -1.5,
        3.0,
        10.0,
        1e10,
        -1e10,
        1e-10,
        1e300,
        -1e300,
        Double.MIN_VALUE,
        Float.MIN_VALUE,
        Double.MIN_NORMAL,
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN,
        2147483647.0,
        2147483648.0,
        -2147483648.0,
        -2147483649.0,
        4294967295.0,
        4294967296.0,
        0x1p63,
        -0x1p63,
        0x1p64,
        9007199254740991.0,
        9007199254740994.0,
        16777217.0,
        2147483647.5,
        -0.9999999,
        0.1
    };

    private Values() {}

    /** The bits of a constant. */
    static long constant(Choices choices, ValueType type) {
        return switch (type) {
            case I32, I64 -> integer(choices);
            case F32 -> choices.percent(15) ? choices.bits() : Float.floatToRawIntBits((float) floating(choices));
            case F64 -> choices.percent(15) ? choices.bits() : Double.doubleToRawLongBits(floating(choices));
            case FUNCREF, EXTERNREF, V128 -> 0;
        };
    }

    private static long integer(Choices choices) {
        return choices.percent(20)
                ? choices.bits() >> choices.below(Long.SIZE)
                : INTEGERS[choices.below(INTEGERS.length)];
    }

    private static double floating(Choices choices) {
        return FLOATS[choices.below(FLOATS.length)];
    }

    static List<ValueType> list(Choices choices, List<ValueType> from, int most) {
        ValueType[] types = new ValueType[choices.below(most + 1)];
        for (int i = 0; i < types.length; i++) {
            types[i] = choices.pick(from);
        }
        return List.of(types);
    }
}
