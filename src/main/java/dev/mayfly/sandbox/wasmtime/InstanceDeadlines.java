package dev.mayfly.sandbox.wasmtime;

import io.github.kawamuray.wasmtime.Engine;
import io.github.kawamuray.wasmtime.Store;

/** Ends the instances of one module, which share a Wasmtime engine, by its epoch; see {@link DeadlineQueue}. */
final class InstanceDeadlines implements AutoCloseable {

    private final Engine engine;
    private final DeadlineTicker ticker;
    private final DeadlineQueue queue = new DeadlineQueue();
    private boolean closed;

    InstanceDeadlines(Engine engine, DeadlineTicker ticker) {
        this.engine = engine;
        this.ticker = ticker;
    }

    /** Called by the store's own thread: nobody else ever touches a store. */
    synchronized DeadlineQueue.Ticket begin(Store<?> store, long deadlineNanos) {
        DeadlineQueue.Ticket ticket = queue.add(deadlineNanos);
        store.setEpochDeadline(ticket.epoch() - queue.current());
        ticker.watch(this);
        return ticket;
    }

    synchronized void end(DeadlineQueue.Ticket ticket) {
        queue.remove(ticket);
        advance();
    }

    /** Ends the instance as soon as that is possible without ending others. */
    synchronized void cancel(DeadlineQueue.Ticket ticket) {
        queue.cancel(ticket);
        advance();
    }

    /** Whether the instance was ended. */
    synchronized boolean hasEnded(DeadlineQueue.Ticket ticket) {
        return ticket.epoch() <= queue.current();
    }

    /** Ends instances whose deadline has passed; called every few milliseconds while there are any. */
    synchronized void tick() {
        advance();
        if (queue.isEmpty()) {
            ticker.unwatch(this);
        }
    }

    private void advance() {
        if (closed) {
            return;
        }
        for (long steps = queue.advance(System.nanoTime()); steps > 0; steps--) {
            engine.incrementEpoch();
        }
    }

    /** From now on the engine is not touched. */
    @Override
    public synchronized void close() {
        ticker.unwatch(this);
        closed = true;
    }
}
