package dev.mayfly.disk;

import java.util.Arrays;

/** A file operation failed and changed nothing. One shared instance per error, without a stack trace. */
public final class FileException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Each at the place of its error. */
    private static final FileException[] INSTANCES =
            Arrays.stream(FileError.values()).map(FileException::new).toArray(FileException[]::new);

    private final FileError error;

    private FileException(FileError error) {
        super(error.name(), null, false, false);
        this.error = error;
    }

    static FileException of(FileError error) {
        return INSTANCES[error.ordinal()];
    }

    public FileError error() {
        return error;
    }
}
