package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.ValueType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What instructions may refer to: the context of validation (core specification 2.0, section 3.1.1) without what belongs
 * to one function. Grows section by section; lookups check the index, which is any unsigned 32-bit number.
 */
final class ModuleContext {

    final List<FunctionType> types = new ArrayList<>();
    final IntList functions = new IntList();
    final List<ExternalType.Table> tables = new ArrayList<>();
    final List<ExternalType.Memory> memories = new ArrayList<>();
    final List<ExternalType.Global> globals = new ArrayList<>();
    final List<ValueType> elementTypes = new ArrayList<>();

    private final List<Signature> signatures = new ArrayList<>();
    private final BitSet declaredFunctions = new BitSet();
    private int importedGlobals;
    private int dataSegments;

    void addType(FunctionType type) {
        types.add(type);
        signatures.add(Signature.of(type));
    }

    void addImportedGlobal(ExternalType.Global global) {
        globals.add(global);
        importedGlobals++;
    }

    /** Makes a function one that code may take references to: it occurs outside of function bodies. */
    void declare(int function) {
        declaredFunctions.set(function);
    }

    boolean isDeclared(int function) {
        return declaredFunctions.get(function);
    }

    void dataSegments(int count) {
        dataSegments = count;
    }

    Signature type(int index, long offset) throws InvalidModuleException {
        checkType(index, offset);
        return signatures.get(index);
    }

    void checkType(int index, long offset) throws InvalidModuleException {
        check(index, signatures.size(), "type", offset);
    }

    Signature function(int index, long offset) throws InvalidModuleException {
        checkFunction(index, offset);
        return signatures.get(functions.get(index));
    }

    void checkFunction(int index, long offset) throws InvalidModuleException {
        check(index, functions.size(), "function", offset);
    }

    ExternalType.Table table(int index, long offset) throws InvalidModuleException {
        check(index, tables.size(), "table", offset);
        return tables.get(index);
    }

    void checkMemory(int index, long offset) throws InvalidModuleException {
        check(index, memories.size(), "memory", offset);
    }

    ExternalType.Memory memory(int index, long offset) throws InvalidModuleException {
        checkMemory(index, offset);
        return memories.get(index);
    }

    ExternalType.Global global(int index, long offset) throws InvalidModuleException {
        check(index, globals.size(), "global", offset);
        return globals.get(index);
    }

    /** A global as constant expressions see them: only imported ones exist. */
    ExternalType.Global importedGlobal(int index, long offset) throws InvalidModuleException {
        check(index, importedGlobals, "global", offset);
        return globals.get(index);
    }

    ValueType elementType(int index, long offset) throws InvalidModuleException {
        check(index, elementTypes.size(), "elem segment", offset);
        return elementTypes.get(index);
    }

    void checkData(int index, long offset) throws InvalidModuleException {
        check(index, dataSegments, "data segment", offset);
    }

    private static void check(int index, int size, String what, long offset) throws InvalidModuleException {
        if (index < 0 || index >= size) {
            throw new InvalidModuleException("unknown " + what + " " + Integer.toUnsignedString(index), offset);
        }
    }
}
