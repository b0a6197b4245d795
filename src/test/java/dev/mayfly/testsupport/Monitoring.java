package dev.mayfly.testsupport;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Servers that watch others. */
public final class Monitoring {

    private Monitoring() {}

    /** Prometheus, if it is installed, or could be where that disturbs nobody ({@link Debian#install}). */
    public static Optional<Path> prometheus() throws IOException {
        if (Commands.find("prometheus").isEmpty()) {
            Debian.install("prometheus");
        }
        return Commands.find("prometheus");
    }
}
