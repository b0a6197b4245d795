package dev.mayfly.wasi;

import java.util.EnumMap;
import java.util.Map;

/** A system call failed in a way that its guest is told. One shared instance per code, without a stack trace. */
final class ErrnoException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final Map<Errno, ErrnoException> INSTANCES = new EnumMap<>(Errno.class);

    static {
        for (Errno errno : Errno.values()) {
            INSTANCES.put(errno, new ErrnoException(errno));
        }
    }

    private final Errno errno;

    private ErrnoException(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    static ErrnoException of(Errno errno) {
        ErrnoException instance = INSTANCES.get(errno);
        if (instance == null) {
            throw new IllegalStateException("every code has an instance: " + errno);
        }
        return instance;
    }

    Errno errno() {
        return errno;
    }
}
