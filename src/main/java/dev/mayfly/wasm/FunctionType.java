package dev.mayfly.wasm;

import java.util.List;
import java.util.stream.Collectors;

/** A function type (core specification 2.0, section 2.3.6). */
public record FunctionType(List<ValueType> parameters, List<ValueType> results) {

    public FunctionType {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
    }

    /** For example {@code (i32, i64) -> (f32)}. */
    @Override
    public String toString() {
        return list(parameters) + " -> " + list(results);
    }

    private static String list(List<ValueType> types) {
        return types.stream().map(ValueType::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}
