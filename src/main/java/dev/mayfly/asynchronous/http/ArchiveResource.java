package dev.mayfly.asynchronous.http;

import dev.mayfly.archives.KeptArchive;
import dev.mayfly.archives.KeptArchives;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.io.AbstractResource;

/** An archive as Spring gives out what can be asked for in parts. */
final class ArchiveResource extends AbstractResource {

    private final KeptArchives archives;
    private final KeptArchive archive;

    ArchiveResource(KeptArchives archives, KeptArchive archive) {
        this.archives = archives;
        this.archive = archive;
    }

    @Override
    public String getDescription() {
        return "archive of invocation " + archive.id();
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public long contentLength() {
        return archive.bytes();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return archives.open(archive.id());
    }
}
