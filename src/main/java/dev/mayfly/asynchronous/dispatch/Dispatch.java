package dev.mayfly.asynchronous.dispatch;

import dev.mayfly.asynchronous.queue.Depths;
import dev.mayfly.asynchronous.queue.Doorbell;
import dev.mayfly.asynchronous.queue.EndWatch;
import dev.mayfly.asynchronous.queue.Ending;
import dev.mayfly.asynchronous.queue.QueueEvents;
import java.util.UUID;
import java.util.function.Consumer;

/** Lets the parts of this process know what has happened to the queue. */
final class Dispatch implements QueueEvents, EndingWriter.Listener {

    private final AsyncMetrics metrics;
    private final Depths depths;
    private final Doorbell doorbell;
    private final InFlight inFlight;
    private final EndWatch ends;
    private final Consumer<Attempt> canceller;

    Dispatch(
            AsyncMetrics metrics,
            Depths depths,
            Doorbell doorbell,
            InFlight inFlight,
            EndWatch ends,
            Consumer<Attempt> canceller) {
        this.metrics = metrics;
        this.depths = depths;
        this.doorbell = doorbell;
        this.inFlight = inFlight;
        this.ends = ends;
        this.canceller = canceller;
    }

    @Override
    public void accepted(String function) {
        metrics.accepted();
        depths.add(function, 1);
        doorbell.ring();
    }

    @Override
    public void redriven(String function) {
        metrics.redriven();
        depths.add(function, 1);
        doorbell.ring();
    }

    @Override
    public void cancelled(UUID id, String function) {
        metrics.cancelled();
        depths.add(function, -1);
        ends.ended(id);
    }

    @Override
    public void cancelRequested(UUID id) {
        inFlight.find(id).ifPresent(canceller);
    }

    @Override
    public void purged(int count) {
        metrics.purged(count);
    }

    @Override
    public void written(Ending ending) {
        inFlight.end(ending.claim());
        if (ending instanceof Ending.Ended) {
            depths.add(ending.claim().function(), -1);
            ends.ended(ending.claim().id());
        }
        metrics.written(ending);
        doorbell.ring();
    }

    @Override
    public void discarded(Ending ending) {
        inFlight.end(ending.claim());
        metrics.discarded(1);
        doorbell.ring();
    }
}
