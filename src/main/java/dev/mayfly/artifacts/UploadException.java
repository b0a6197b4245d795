package dev.mayfly.artifacts;

import java.io.IOException;

/** An upload could not be read to its end: the client is gone, or stalled. */
public final class UploadException extends IOException {

    private static final long serialVersionUID = 1L;

    public UploadException(IOException cause) {
        super("the upload ended before it was complete", cause);
    }
}
