package dev.mayfly.artifacts;

import java.nio.file.Path;

/** Where this process may put files that do not outlive it. */
interface TemporaryFiles {

    /** An empty directory of this process alone, swept after a crash. */
    Path temporaryDirectory();
}
