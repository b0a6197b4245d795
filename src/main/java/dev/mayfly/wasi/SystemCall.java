package dev.mayfly.wasi;

import dev.mayfly.wasm.FunctionType;

/** A function of WASI preview 1. Its arguments are passed as 64-bit numbers, 32-bit ones zero-extended. */
public final class SystemCall {

    /** The most parameters that any of them has. */
    public static final int MAX_PARAMETERS = 9;

    /** Carries out a call. A result other than the error code is written to guest memory by the handler itself. */
    interface Handler {
        Errno call(WasiProcess process, long[] arguments) throws ErrnoException;
    }

    private final int number;
    private final String name;
    private final FunctionType signature;
    private final Handler handler;

    SystemCall(int number, String name, FunctionType signature, Handler handler) {
        this.number = number;
        this.name = name;
        this.signature = signature;
        this.handler = handler;
    }

    /** Its place in {@link Preview1#calls()}, the same in every build. */
    public int number() {
        return number;
    }

    public String name() {
        return name;
    }

    public FunctionType signature() {
        return signature;
    }

    Handler handler() {
        return handler;
    }

    @Override
    public String toString() {
        return name + ": " + signature;
    }
}
