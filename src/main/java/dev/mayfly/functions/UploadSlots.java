package dev.mayfly.functions;

import dev.mayfly.artifacts.ModuleProperties;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/** Bounds how many modules are on their way in at once, and with them the disk space of the staging area. */
@Component
class UploadSlots {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** One upload's place. */
    interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    private final int slots;
    private final Semaphore free;

    UploadSlots(ModuleProperties properties) {
        this.slots = properties.maxConcurrentUploads();
        this.free = new Semaphore(slots);
    }

    /**
     * Takes a place.
     *
     * @throws UploadCapacityException if there is none
     */
    Slot enter() {
        if (!free.tryAcquire()) {
            throw new UploadCapacityException("mayfly.modules.max-concurrent-uploads", slots, RETRY_AFTER);
        }
        return free::release;
    }
}
