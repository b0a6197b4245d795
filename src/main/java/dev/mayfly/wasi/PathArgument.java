package dev.mayfly.wasi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Paths that guests pass, as an address and a length in bytes. */
final class PathArgument {

    /** More bytes than any path may have, and than one could have that is short once it is decoded. */
    private static final long MAX_BYTES = 4096;

    private PathArgument() {}

    /** Copies the path out of the guest's memory, once. What is not UTF-8 is {@code ILSEQ}. */
    static String read(GuestMemory memory, long address, long length) throws ErrnoException {
        memory.require(address, length);
        if (length > MAX_BYTES) {
            throw ErrnoException.of(Errno.NAMETOOLONG);
        }
        byte[] bytes = new byte[(int) length];
        memory.getBytes(address, bytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ErrnoException.of(Errno.ILSEQ);
        }
    }
}
