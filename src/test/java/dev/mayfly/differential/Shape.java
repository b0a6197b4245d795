package dev.mayfly.differential;

import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.ValueType;
import java.util.ArrayList;
import java.util.List;

/** What there is in a generated module that its functions can name. */
final class Shape {

    static final int PAGE = 1 << 16;

    /** Of all, what is left of the work that a call from outside may still do. Functions use it up by themselves. */
    static final int FUEL = 0;

    /** How many calls are on their way. */
    static final int DEPTH = 1;

    /** A global that functions may read, and write unless it is constant. */
    record Global(ValueType type, boolean mutable) {}

    record Table(ValueType type, int minimum, int maximum) {}

    record Elements(ValueType type, int length, boolean passive) {}

    private final List<FunctionType> types = new ArrayList<>();

    /** All functions' types, those of the imported ones first. */
    final List<FunctionType> functions = new ArrayList<>();

    final List<Global> globals = new ArrayList<>(List.of(counter(), counter()));
    final List<Table> tables = new ArrayList<>();
    final List<Elements> elements = new ArrayList<>();
    final List<Integer> dataLengths = new ArrayList<>();
    int importedFunctions;
    int memoryMinimum;
    int memoryMaximum;

    private static Global counter() {
        return new Global(ValueType.I32, true);
    }

    /** A type's number; it is added if need be. */
    int typeIndex(FunctionType type) {
        int index = types.indexOf(type);
        if (index >= 0) {
            return index;
        }
        types.add(type);
        return types.size() - 1;
    }

    List<FunctionType> types() {
        return types;
    }

    /** The numbers of those globals of a type that functions may use for themselves. */
    List<Integer> globals(ValueType type, boolean toWrite) {
        List<Integer> found = new ArrayList<>();
        for (int i = DEPTH + 1; i < globals.size(); i++) {
            Global global = globals.get(i);
            if (global.type() == type && (global.mutable() || !toWrite)) {
                found.add(i);
            }
        }
        return found;
    }

    List<Integer> tables(ValueType type) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            if (tables.get(i).type() == type) {
                found.add(i);
            }
        }
        return found;
    }

    List<Integer> elements(ValueType type) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i).type() == type) {
                found.add(i);
            }
        }
        return found;
    }
}
