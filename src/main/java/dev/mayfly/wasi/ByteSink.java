package dev.mayfly.wasi;

import dev.mayfly.disk.FileException;
import java.nio.ByteBuffer;

/** Where {@code fd_write} and {@code fd_pwrite} bring bytes to. */
interface ByteSink {

    /** Takes as many as it can, in order behind those of the last call; the source's position moves behind them. */
    void write(WasiProcess process, ByteBuffer source) throws ErrnoException, FileException;
}
