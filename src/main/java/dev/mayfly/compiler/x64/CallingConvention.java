package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.ssa.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a function finds its arguments and leaves its results. Both go to registers as long as there are any, each class
 * on its own, in order; the rest goes to the stack, 8 bytes each: first the arguments, then room for the results. A call
 * destroys all registers but {@code rsp} and {@code rbp}.
 */
public final class CallingConvention {

    private static final List<Integer> ARGUMENTS =
            List.of(Registers.RDI, Registers.RSI, Registers.RDX, Registers.RCX, Registers.R8, Registers.R9);
    private static final int FLOAT_ARGUMENTS = 8;
    private static final List<Integer> RESULTS = List.of(Registers.RAX, Registers.RDX, Registers.RCX, Registers.RSI);
    private static final int FLOAT_RESULTS = 4;

    /** A place: a register, or a slot on the stack counted from that of the first argument. */
    record Place(Type type, int register, int slot) {

        boolean isRegister() {
            return register != Registers.NONE;
        }
    }

    private CallingConvention() {}

    static List<Place> arguments(List<Type> types) {
        return assign(types, ARGUMENTS, FLOAT_ARGUMENTS, 0);
    }

    static List<Place> results(List<Type> arguments, List<Type> results) {
        return assign(results, RESULTS, FLOAT_RESULTS, slots(arguments(arguments)));
    }

    /** How many slots of the stack a call takes. */
    static int slots(List<Type> arguments, List<Type> results) {
        return slots(arguments(arguments)) + slots(results(arguments, results));
    }

    private static int slots(List<Place> places) {
        return (int) places.stream().filter(place -> !place.isRegister()).count();
    }

    private static List<Place> assign(List<Type> types, List<Integer> general, int floats, int firstSlot) {
        List<Place> places = new ArrayList<>(types.size());
        int nextGeneral = 0;
        int nextFloat = 0;
        int slot = firstSlot;
        for (Type type : types) {
            if (type.isInteger() && nextGeneral < general.size()) {
                places.add(new Place(type, general.get(nextGeneral++), 0));
            } else if (type.isFloat() && nextFloat < floats) {
                places.add(new Place(type, Registers.XMM0 + nextFloat++, 0));
            } else {
                places.add(new Place(type, Registers.NONE, slot++));
            }
        }
        return places;
    }
}
