package dev.mayfly.image;

import java.io.IOException;

/** A file is not the image that it should be, or not all of it. The message is for operators. */
final class DamagedImageException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedImageException(String message) {
        super(message);
    }

    DamagedImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
