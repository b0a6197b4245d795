package dev.mayfly.artifacts;

import java.io.IOException;

/** An upload has more bytes than it may. */
public final class ArtifactTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long maxBytes;

    public ArtifactTooLargeException(long maxBytes) {
        super("larger than " + maxBytes + " bytes");
        this.maxBytes = maxBytes;
    }

    public long maxBytes() {
        return maxBytes;
    }
}
