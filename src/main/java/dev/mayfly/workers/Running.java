package dev.mayfly.workers;

import dev.mayfly.archives.Handover;
import dev.mayfly.invocations.Invocation;
import dev.mayfly.invocations.streams.BytePipe;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** An execution that was admitted. Thread-safe. */
final class Running {

    private final Invocation invocation;
    private final Optional<BytePipe> moreInput;
    private final long inputRoom;
    private final Handover archive;
    private final AtomicBoolean inputTaken = new AtomicBoolean();
    private volatile boolean handedBack;

    /**
     * An execution.
     *
     * @param moreInput where input goes that did not come with the order; empty if there is none
     * @param inputRoom how long that may be, in bytes
     * @param archive where the archive of its files will be
     */
    Running(Invocation invocation, Optional<BytePipe> moreInput, long inputRoom, Handover archive) {
        this.invocation = invocation;
        this.moreInput = moreInput;
        this.inputRoom = inputRoom;
        this.archive = archive;
    }

    Invocation invocation() {
        return invocation;
    }

    Handover archive() {
        return archive;
    }

    long inputRoom() {
        return inputRoom;
    }

    /** The pipe to the instance, for the one request that brings its input; empty for all others. */
    Optional<BytePipe> takeInput() {
        return moreInput.filter(pipe -> inputTaken.compareAndSet(false, true));
    }

    /** It was taken out of the queue, for another worker to run. */
    void handBack() {
        handedBack = true;
    }

    boolean isHandedBack() {
        return handedBack;
    }
}
