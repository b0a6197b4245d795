package dev.mayfly.compiler;

import java.io.IOException;

/** The binary of a module, read in pieces by several threads at once. */
@FunctionalInterface
public interface BinarySource {

    /**
     * Reads some bytes.
     *
     * @param offset of the first one from the start of the binary
     * @throws IOException if reading failed or there are not as many
     */
    byte[] read(long offset, int size) throws IOException;
}
