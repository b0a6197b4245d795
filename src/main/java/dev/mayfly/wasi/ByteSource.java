package dev.mayfly.wasi;

import dev.mayfly.disk.FileException;
import java.nio.ByteBuffer;

/** Where {@code fd_read} and {@code fd_pread} get bytes from. */
interface ByteSource {

    /**
     * Reads what is there, in order from where the last call ended.
     *
     * @param first whether nothing was read yet, so that it may wait for something
     * @return the number of bytes, or -1 at the end; 0 if nothing is there and it did not wait
     */
    int read(WasiProcess process, ByteBuffer target, boolean first) throws ErrnoException, FileException;
}
