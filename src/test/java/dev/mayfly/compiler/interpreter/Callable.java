package dev.mayfly.compiler.interpreter;

import dev.mayfly.wasm.FunctionType;

/** A function of an instance or of the host. Values are bits: an i32 sign-extended, an f32 in the lower half. */
public interface Callable {

    FunctionType type();

    long[] call(long[] arguments);

    /** A function of the host that does nothing. */
    static Callable nothing(FunctionType type) {
        return new Callable() {
            @Override
            public FunctionType type() {
                return type;
            }

            @Override
            public long[] call(long[] arguments) {
                return new long[type.results().size()];
            }
        };
    }
}
