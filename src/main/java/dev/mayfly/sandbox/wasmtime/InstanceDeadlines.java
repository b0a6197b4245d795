package dev.mayfly.sandbox.wasmtime;

import io.github.kawamuray.wasmtime.Engine;
import io.github.kawamuray.wasmtime.Store;

/** Ends the instances of one module, which share a Wasmtime engine, by its epoch; see {@link DeadlineQueue}. */
final class InstanceDeadlines implements AutoCloseable {

    private final Engine engine;
    private final DeadlineQueue queue = new DeadlineQueue();
    private boolean closed;

    InstanceDeadlines(Engine engine) {
        this.engine = engine;
    }

    /** Called by the store's own thread: nobody else ever touches a store. */
    synchronized DeadlineQueue.Ticket begin(Store<?> store, long deadlineNanos) {
        DeadlineQueue.Ticket ticket = queue.add(deadlineNanos);
        store.setEpochDeadline(ticket.epoch() - queue.current());
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

    /** Ends instances whose deadline has passed. */
    synchronized void advance() {
        if (closed || queue.isEmpty()) {
            return;
        }
        for (long steps = queue.advance(System.nanoTime()); steps > 0; steps--) {
            engine.incrementEpoch();
        }
    }

    /** From now on the engine is not touched. */
    @Override
    public synchronized void close() {
        closed = true;
    }
}
