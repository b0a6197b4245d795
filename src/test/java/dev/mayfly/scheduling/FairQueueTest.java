package dev.mayfly.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    private static final int CONCURRENCY = 2;

    private final FairQueue queue = new FairQueue(CONCURRENCY);

    private Ticket add(String group) {
        Ticket ticket = new Ticket(group, new RecordingJob(), 0, Long.MAX_VALUE);
        queue.add(ticket);
        return ticket;
    }

    private List<Ticket> pollAll() {
        List<Ticket> polled = new ArrayList<>();
        Ticket next = queue.poll();
        while (next != null) {
            polled.add(next);
            queue.release(next);
            next = queue.poll();
        }
        return polled;
    }

    @Test
    void aGroupIsServedInItsOrder() {
        Ticket first = add("a");
        Ticket second = add("a");
        Ticket third = add("a");

        assertThat(pollAll()).containsExactly(first, second, third);
    }

    @Test
    void groupsTakeTurnsHoweverManyOfOneWait() {
        Ticket a1 = add("a");
        Ticket a2 = add("a");
        Ticket a3 = add("a");
        Ticket b1 = add("b");
        Ticket c1 = add("c");
        Ticket b2 = add("b");

        assertThat(pollAll()).containsExactly(a1, b1, c1, a2, b2, a3);
    }

    @Test
    void aGroupAtItsConcurrencyIsPassedOver() {
        Ticket a1 = add("a");
        Ticket a2 = add("a");
        Ticket a3 = add("a");
        Ticket b1 = add("b");

        assertThat(queue.poll()).isSameAs(a1);
        assertThat(queue.poll()).isSameAs(b1);
        assertThat(queue.poll()).isSameAs(a2);
        assertThat(queue.canStart()).isFalse();
        assertThat(queue.poll()).isNull();

        queue.release(a1);
        assertThat(queue.poll()).isSameAs(a3);
    }

    @Test
    void aRemovedTicketIsNotServed() {
        Ticket a1 = add("a");
        Ticket a2 = add("a");
        queue.remove(a1);

        assertThat(queue.size()).isEqualTo(1);
        assertThat(pollAll()).containsExactly(a2);
    }

    @Test
    void onlyWhatWaitsCanBeRemoved() {
        Ticket a1 = add("a");
        queue.poll();

        assertThatIllegalStateException().isThrownBy(() -> queue.remove(a1));
    }

    @Test
    void sizesCountWhatWaits() {
        add("a");
        add("a");
        add("b");
        queue.poll();

        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.size("a")).isEqualTo(1);
        assertThat(queue.size("b")).isEqualTo(1);
        assertThat(queue.size("c")).isZero();
    }

    @Test
    void drainingTakesEverythingThatWaits() {
        Ticket a1 = add("a");
        add("a");
        add("b");
        queue.poll();

        assertThat(queue.drain()).hasSize(2).doesNotContain(a1);
        assertThat(queue.size()).isZero();
        assertThat(queue.poll()).isNull();
    }
}
