package dev.mayfly.archives;

import dev.mayfly.artifacts.StagingArea;
import java.io.IOException;
import java.nio.file.Path;

/** Where archives are while they are made, on their way, or not stored yet. */
public final class ArchiveStaging implements AutoCloseable {

    private final StagingArea area;

    ArchiveStaging(Path directory) throws IOException {
        this.area = new StagingArea(directory);
    }

    /** A new file, empty. */
    Path newFile() throws IOException {
        return area.newFile();
    }

    @Override
    public void close() {
        area.close();
    }
}
