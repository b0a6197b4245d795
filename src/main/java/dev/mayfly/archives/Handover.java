package dev.mayfly.archives;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The place for one archive on its way to whoever asked for it; what nobody took is deleted. Thread-safe. */
public final class Handover implements AutoCloseable {

    private final Consumer<Handover> onClose;
    private @Nullable StagedArchive archive;
    private boolean closed;

    Handover(Consumer<Handover> onClose) {
        this.onClose = onClose;
    }

    synchronized void offer(StagedArchive made) {
        if (closed) {
            made.close();
        } else {
            archive = made;
        }
    }

    /** The archive, if one was made; it stays until this is closed. */
    public synchronized Optional<StagedArchive> archive() {
        return Optional.ofNullable(archive);
    }

    @Override
    public void close() {
        onClose.accept(this);
        synchronized (this) {
            closed = true;
            if (archive != null) {
                archive.close();
            }
        }
    }
}
