package dev.mayfly.disk.zstd;

import java.io.IOException;

/** Data that is not Zstandard, damaged, or needs what is not supported. */
public final class ZstdException extends IOException {

    private static final long serialVersionUID = 1L;

    ZstdException(String message) {
        super(message);
    }
}
