package dev.mayfly.archives;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On a control plane: an archive that a worker sends, in a file. Writing never fails, since what the worker has to say
 * next is more important; what failed is told at the end. Belongs to one thread.
 */
public final class IncomingArchive implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IncomingArchive.class);

    private final ArchiveStaging staging;
    private final long maxBytes;
    private @Nullable Path file;
    private @Nullable FileChannel channel;
    private @Nullable ArchiveState failure;
    private long bytes;

    IncomingArchive(ArchiveStaging staging, long maxBytes) {
        this.staging = staging;
        this.maxBytes = maxBytes;
    }

    /** Takes the next bytes. */
    public void write(ByteBuffer next) {
        bytes += next.remaining();
        if (bytes > maxBytes) {
            fail(ArchiveState.TOO_LARGE);
        }
        if (failure != null) {
            return;
        }
        try {
            FileChannel target = open();
            while (next.hasRemaining()) {
                target.write(next);
            }
        } catch (IOException e) {
            LOG.warn("An archive of a worker could not be received", e);
            fail(Failures.stateOf(e));
        }
    }

    private FileChannel open() throws IOException {
        if (channel == null) {
            file = staging.newFile();
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
        }
        return channel;
    }

    /**
     * Has the archive kept, now that all has arrived.
     *
     * @param reported what the worker says of it
     */
    public ArchiveSummary keep(ArchiveSummary reported, UUID id, String function, ArchiveKeeper keeper) {
        if (reported.state() != ArchiveState.KEPT) {
            return ArchiveSummary.without(reported.state());
        }
        if (failure != null) {
            return ArchiveSummary.without(failure);
        }
        Path received = file;
        if (received == null || bytes != reported.bytes()) {
            LOG.warn("The archive of invocation {} did not arrive as its worker said", id);
            return ArchiveSummary.without(ArchiveState.FAILED);
        }
        return keeper.keep(id, function, new StagedArchive(received, bytes, reported.files()));
    }

    private void fail(ArchiveState why) {
        failure = failure == null ? why : failure;
        close();
    }

    @Override
    public void close() {
        try (FileChannel _ = channel) {
            if (file != null) {
                StagedArchive.delete(file);
            }
        } catch (IOException e) {
            LOG.debug("A file could not be closed", e);
        }
    }
}
