package dev.mayfly.wasi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code poll_oneoff}. */
final class PollCalls {

    /** The most subscriptions of one call. */
    static final int MAX_SUBSCRIPTIONS = 1024;

    private PollCalls() {}

    static Errno oneoff(WasiProcess process, long[] a) throws ErrnoException {
        GuestMemory memory = process.memory();
        long count = a[2];
        if (count == 0 || count > MAX_SUBSCRIPTIONS) {
            return Errno.INVAL;
        }
        memory.require(a[0], count * Subscription.BYTES);
        memory.require(a[1], count * EventWriter.EVENT_BYTES);
        memory.require(a[3], Integer.BYTES);
        List<Subscription> subscriptions = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            subscriptions.add(Subscription.read(memory, a[0] + (long) i * Subscription.BYTES));
        }
        EventWriter events = new EventWriter(memory, a[1]);
        new Poll(process, subscriptions).await(events);
        memory.putInt(a[3], events.count());
        return Errno.SUCCESS;
    }

    /** One call's waiting. */
    private static final class Poll {

        private final WasiProcess process;
        private final List<Subscription> subscriptions;
        private final Clocks clocks;
        private final long start;

        Poll(WasiProcess process, List<Subscription> subscriptions) {
            this.process = process;
            this.subscriptions = subscriptions;
            this.clocks = process.host().clocks();
            this.start = clocks.monotonic();
        }

        /** Returns once at least one event was written. */
        void await(EventWriter events) throws ErrnoException {
            report(events);
            if (events.count() == 0) {
                await(atMost -> {
                    pause(Wait.shorter(atMost, Duration.ofNanos(nextTimer())));
                    report(events);
                    return events.count() > 0;
                });
            }
        }

        private void await(Wait.Turn turn) throws ErrnoException {
            if (awaited().isEmpty() && nextTimer() > Wait.BRIEF.toNanos()) {
                Wait.forTime(process, turn);
            } else {
                Wait.forStream(process, turn);
            }
        }

        private void report(EventWriter events) throws ErrnoException {
            for (Subscription subscription : subscriptions) {
                switch (subscription) {
                    case Subscription.Invalid invalid -> events.failed(invalid.userdata(), invalid.type(), Errno.INVAL);
                    case Subscription.Timer timer when remaining(timer) == 0 -> events.elapsed(timer.userdata());
                    case Subscription.Timer timer -> {}
                    case Subscription.ToRead readable -> reportReadable(readable, events);
                    case Subscription.ToWrite writable -> reportWritable(writable, events);
                }
            }
        }

        private void reportReadable(Subscription.ToRead readable, EventWriter events) throws ErrnoException {
            try {
                switch (process.descriptors().get(readable.fd())) {
                    case InputStreamDescriptor input -> {
                        input.status().require(Rights.POLL_FD_READWRITE);
                        if (input.awaitReadable(Duration.ZERO)) {
                            events.readable(readable.userdata(), input.bytesReadable(), input.atEnd());
                        }
                    }
                    case FileDescriptor file -> {
                        file.requireReadable().status().require(Rights.POLL_FD_READWRITE);
                        events.readable(
                                readable.userdata(), Math.max(0, file.file().size() - file.position()), false);
                    }
                    case OutputStreamDescriptor _, DirectoryDescriptor _ -> throw ErrnoException.of(Errno.BADF);
                }
            } catch (ErrnoException e) {
                events.failed(readable.userdata(), Subscription.EventType.FD_READ, e.errno());
            }
        }

        /** Writing waits by itself, so an output always counts as writable, and so does a file. */
        private void reportWritable(Subscription.ToWrite writable, EventWriter events) throws ErrnoException {
            try {
                switch (process.descriptors().get(writable.fd())) {
                    case OutputStreamDescriptor output -> {
                        output.status().require(Rights.POLL_FD_READWRITE);
                        events.writable(writable.userdata());
                    }
                    case FileDescriptor file -> {
                        file.requireWritable().status().require(Rights.POLL_FD_READWRITE);
                        events.writable(writable.userdata());
                    }
                    case InputStreamDescriptor _, DirectoryDescriptor _ -> throw ErrnoException.of(Errno.BADF);
                }
            } catch (ErrnoException e) {
                events.failed(writable.userdata(), Subscription.EventType.FD_WRITE, e.errno());
            }
        }

        /** Waits on the input if the guest does, otherwise only for time to pass. */
        private void pause(Duration atMost) throws ErrnoException {
            Optional<InputStreamDescriptor> input = awaited();
            if (input.isPresent()) {
                input.get().awaitReadable(atMost);
            } else {
                process.host().patience().pause(atMost);
            }
        }

        private Optional<InputStreamDescriptor> awaited() throws ErrnoException {
            for (Subscription subscription : subscriptions) {
                if (subscription instanceof Subscription.ToRead readable
                        && process.descriptors().get(readable.fd()) instanceof InputStreamDescriptor input) {
                    return Optional.of(input);
                }
            }
            return Optional.empty();
        }

        private long nextTimer() {
            long next = Long.MAX_VALUE;
            for (Subscription subscription : subscriptions) {
                if (subscription instanceof Subscription.Timer timer) {
                    next = Math.min(next, remaining(timer));
                }
            }
            return next;
        }

        /** The time until a timer's moment, 0 if it has come. */
        private long remaining(Subscription.Timer timer) {
            long passed = timer.absolute() ? timer.clock().now(clocks) : clocks.monotonic() - start;
            long left = timer.timeout() - passed;
            boolean come = Long.compareUnsigned(timer.timeout(), passed) <= 0;
            return come ? 0 : left < 0 ? Long.MAX_VALUE : left;
        }
    }
}
