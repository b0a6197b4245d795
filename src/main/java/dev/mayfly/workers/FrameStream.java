package dev.mayfly.workers;

import dev.mayfly.archives.ArchiveState;
import dev.mayfly.archives.ArchiveSummary;
import dev.mayfly.archives.StagedArchive;
import dev.mayfly.cluster.Frame;
import dev.mayfly.cluster.FrameWriter;
import dev.mayfly.invocations.Invocation;
import dev.mayfly.invocations.InvocationResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The frames of one execution. What ends before it is sent for the first time is sent in one piece. Belongs to one thread. */
final class FrameStream {

    private static final int ARCHIVE_PIECE = 256 * 1024;

    private final Exchange exchange;
    private final Invocation invocation;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private final FrameWriter frames = new FrameWriter(pending);
    private boolean announced;
    private boolean settled;
    private boolean sent;

    FrameStream(Exchange exchange, Invocation invocation) {
        this.exchange = exchange;
        this.invocation = invocation;
    }

    /** Whether it is too late for another answer. */
    boolean isSent() {
        return sent;
    }

    /** Sends what there is to tell of an execution that goes on. */
    void send() throws IOException {
        collect();
        if (pending.size() > 0) {
            begin();
            write();
            exchange.response().flushBuffer();
        }
    }

    /**
     * Sends the rest.
     *
     * @param archive of what it left in its files
     */
    void end(InvocationResult result, Optional<StagedArchive> archive) throws IOException {
        collect();
        ArchiveSummary summary = invocation.artifacts().orElse(null);
        if (summary != null && archive.isPresent()) {
            summary = send(archive.get(), summary);
        }
        frames.write(new Frame.Result(
                result,
                invocation.request().stdin().received(),
                invocation.stderrTail(),
                exchange.self().load(),
                summary));
        if (!sent) {
            exchange.response().setContentLength(pending.size());
        }
        begin();
        write();
    }

    /** A piece at a time. Whatever becomes of the archive, the result follows. */
    private ArchiveSummary send(StagedArchive archive, ArchiveSummary summary) throws IOException {
        begin();
        byte[] piece = new byte[ARCHIVE_PIECE];
        try (InputStream in = archive.open()) {
            for (int count = archive.read(in, piece); count > 0; count = archive.read(in, piece)) {
                frames.write(new Frame.Archive(ByteBuffer.wrap(piece, 0, count)));
                write();
            }
            return summary;
        } catch (StagedArchive.UnreadableException e) {
            return ArchiveSummary.without(ArchiveState.FAILED);
        }
    }

    private void collect() throws IOException {
        if (!announced && invocation.interruption().isPresent()) {
            frames.write(new Frame.Loaded(invocation.engine(), invocation.cold()));
            frames.write(new Frame.Started());
            announced = true;
        }
        boolean settling = invocation.isSettling();
        byte[] output = invocation.output().takeAll();
        if (output.length > 0) {
            frames.write(new Frame.Output(ByteBuffer.wrap(output)));
        }
        // It was settling before the output was taken, so that was all of it.
        if (settling && !settled) {
            frames.write(new Frame.Settling());
            settled = true;
        }
    }

    private void begin() {
        if (!sent) {
            exchange.begin(200);
            exchange.response().setContentType("application/octet-stream");
            sent = true;
        }
    }

    private void write() throws IOException {
        pending.writeTo(exchange.response().getOutputStream());
        pending.reset();
    }
}
