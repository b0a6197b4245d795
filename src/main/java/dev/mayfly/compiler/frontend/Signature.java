package dev.mayfly.compiler.frontend;

import dev.mayfly.compiler.ssa.Type;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.UnsupportedModuleException;
import dev.mayfly.wasm.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * A function type in the compiler's types.
 *
 * @param number equal function types of a module have equal numbers, different ones different numbers
 */
public record Signature(List<Type> parameters, List<Type> results, int number) {

    public Signature {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
    }

    static Signature of(FunctionType type, int number, long offset) throws UnsupportedModuleException {
        return new Signature(types(type.parameters(), offset), types(type.results(), offset), number);
    }

    private static List<Type> types(List<ValueType> valueTypes, long offset) throws UnsupportedModuleException {
        List<Type> types = new ArrayList<>(valueTypes.size());
        for (ValueType valueType : valueTypes) {
            types.add(typeOf(valueType, offset));
        }
        return types;
    }

    /** What values of a WebAssembly type are to the compiler. */
    static Type typeOf(ValueType type, long offset) throws UnsupportedModuleException {
        return switch (type) {
            case I32 -> Type.I32;
            case I64, FUNCREF, EXTERNREF -> Type.I64;
            case F32 -> Type.F32;
            case F64 -> Type.F64;
            case V128 -> throw vectorsUnsupported(offset);
        };
    }

    static UnsupportedModuleException vectorsUnsupported(long offset) {
        return new UnsupportedModuleException("vector instructions and the type v128 cannot be compiled", offset);
    }
}
