package dev.mayfly.sandbox.wasmtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.sandbox.wasmtime.DeadlineQueue.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {

    private final DeadlineQueue queue = new DeadlineQueue();

    @Test
    void nothingEndsBeforeItsDeadline() {
        Ticket ticket = queue.add(100);
        assertThat(queue.advance(99)).isZero();
        assertThat(ended(ticket)).isFalse();
    }

    @Test
    void aDeadlineEndsItsInstanceAndNoLaterOne() {
        Ticket first = queue.add(100);
        Ticket second = queue.add(200);
        assertThat(queue.advance(100)).isEqualTo(DeadlineQueue.GAP);
        assertThat(ended(first)).isTrue();
        assertThat(ended(second)).isFalse();
    }

    @Test
    void anInstanceThatStartsLaterCanEndSooner() {
        Ticket late = queue.add(200);
        Ticket soon = queue.add(100);
        queue.advance(150);
        assertThat(ended(soon)).isTrue();
        assertThat(ended(late)).isFalse();
    }

    @Test
    void cancelEndsTheInstanceWithTheSoonestDeadlineAtOnce() {
        Ticket first = queue.add(100);
        Ticket second = queue.add(200);
        queue.cancel(first);
        queue.advance(0);
        assertThat(ended(first)).isTrue();
        assertThat(ended(second)).isFalse();
    }

    @Test
    void cancelWaitsForInstancesWithSoonerDeadlines() {
        Ticket innocent = queue.add(100);
        Ticket cancelled = queue.add(200);
        queue.cancel(cancelled);
        queue.advance(0);
        assertThat(ended(innocent)).isFalse();
        assertThat(ended(cancelled)).isFalse();
        queue.remove(innocent);
        queue.advance(0);
        assertThat(ended(cancelled)).isTrue();
    }

    @Test
    void cancellingAllEndsAll() {
        List<Ticket> all = List.of(queue.add(300), queue.add(100), queue.add(200));
        all.forEach(queue::cancel);
        queue.advance(0);
        assertThat(all).allMatch(this::ended);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void anInstanceThatStartsAfterAnEarlyEndIsNotTouched() {
        Ticket cancelled = queue.add(1_000);
        queue.cancel(cancelled);
        queue.advance(0);
        Ticket next = queue.add(10);
        queue.advance(9);
        assertThat(ended(next)).isFalse();
        queue.advance(10);
        assertThat(ended(next)).isTrue();
    }

    @Test
    void sharedEpochsEndAtTheLaterDeadline() {
        Ticket last = queue.add(1_000_000);
        List<Ticket> inserted = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            inserted.add(queue.add(999_999 - i));
        }
        assertThat(inserted.getFirst().epoch()).isLessThanOrEqualTo(last.epoch());
        queue.advance(999_979);
        assertThat(ended(last)).isFalse();
        queue.advance(1_000_000);
        assertThat(ended(last)).isTrue();
        assertThat(inserted).allMatch(this::ended);
    }

    @Test
    void neverEndsAnInstanceThatIsNeitherDueNorCancelled() {
        Random random = new Random(42);
        for (int round = 0; round < 200; round++) {
            checkRandomHistory(random);
        }
    }

    private void checkRandomHistory(Random random) {
        DeadlineQueue history = new DeadlineQueue();
        List<Ticket> running = new ArrayList<>();
        List<Long> deadlines = new ArrayList<>();
        List<Boolean> cancelled = new ArrayList<>();
        for (long now = 0; now < 300; now++) {
            int choice = random.nextInt(4);
            if (choice == 0) {
                long deadline = now + 1 + random.nextInt(100);
                running.add(history.add(deadline));
                deadlines.add(deadline);
                cancelled.add(false);
            } else if (choice == 1 && !running.isEmpty()) {
                int index = random.nextInt(running.size());
                history.cancel(running.get(index));
                cancelled.set(index, true);
            } else if (choice == 2 && !running.isEmpty()) {
                int index = random.nextInt(running.size());
                history.remove(running.remove(index));
                deadlines.remove(index);
                cancelled.remove(index);
            }
            history.advance(now);
            for (int i = 0; i < running.size(); i++) {
                boolean ended = running.get(i).epoch() <= history.current();
                assertThat(!ended || cancelled.get(i) || deadlines.get(i) <= now)
                        .isTrue();
            }
        }
        history.advance(Long.MAX_VALUE / 2);
        assertThat(running).allMatch(ticket -> ticket.epoch() <= history.current());
    }

    private boolean ended(Ticket ticket) {
        return ticket.epoch() <= queue.current();
    }
}
