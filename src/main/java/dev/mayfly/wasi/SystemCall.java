package dev.mayfly.wasi;

import dev.mayfly.disk.FileException;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.ValueType;

/** A function of WASI preview 1. Its arguments are passed as 64-bit numbers. */
public final class SystemCall {

    /** The most parameters that any of them has. */
    public static final int MAX_PARAMETERS = 9;

    /** Carries out a call. A result other than the error code is written to guest memory by the handler itself. */
    interface Handler {
        Errno call(WasiProcess process, long[] arguments) throws ErrnoException, FileException;
    }

    private final int number;
    private final String name;
    private final FunctionType signature;
    private final Handler handler;

    /** Of each argument the bits that count. */
    private final long[] masks;

    SystemCall(int number, String name, FunctionType signature, Handler handler) {
        this.number = number;
        this.name = name;
        this.signature = signature;
        this.handler = handler;
        this.masks = signature.parameters().stream()
                .mapToLong(type -> type == ValueType.I32 ? 0xFFFF_FFFFL : -1L)
                .toArray();
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

    /** Whether a rule makes sense for it: a call that returns no error code cannot be denied. */
    public boolean accepts(SystemCallRule rule) {
        return !(rule instanceof SystemCallRule.Deny && signature.results().isEmpty());
    }

    /** Clears the upper halves of 32-bit arguments, which a guest that does not go through compiled code could set. */
    void narrow(long[] arguments) {
        for (int i = 0; i < masks.length; i++) {
            arguments[i] &= masks[i];
        }
    }

    Handler handler() {
        return handler;
    }

    @Override
    public String toString() {
        return name + ": " + signature;
    }
}
