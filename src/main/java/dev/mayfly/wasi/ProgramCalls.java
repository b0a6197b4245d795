package dev.mayfly.wasi;

/** {@code args_*} and {@code environ_*}. */
final class ProgramCalls {

    private ProgramCalls() {}

    static Errno argsSizesGet(WasiProcess process, long[] a) throws ErrnoException {
        return process.program().arguments().writeSizes(process.memory(), a[0], a[1]);
    }

    static Errno argsGet(WasiProcess process, long[] a) throws ErrnoException {
        return process.program().arguments().write(process.memory(), a[0], a[1]);
    }

    static Errno environSizesGet(WasiProcess process, long[] a) throws ErrnoException {
        return process.program().environment().writeSizes(process.memory(), a[0], a[1]);
    }

    static Errno environGet(WasiProcess process, long[] a) throws ErrnoException {
        return process.program().environment().write(process.memory(), a[0], a[1]);
    }
}
