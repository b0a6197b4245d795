package dev.mayfly.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    private final QueueRig rig =
            new QueueRig(Limits.slots(4, 2).callers(null, 100).limits());

    private Ticket add(String group) {
        return rig.add(Admission.of(group));
    }

    private Ticket add(String group, String caller, @Nullable Integer concurrency) {
        return rig.add(
                new Admission(group, Admission.DEFAULT_WEIGHT, null, new Admission.Caller(caller, concurrency), null));
    }

    private List<Ticket> runAll(long cost) {
        List<Ticket> served = new ArrayList<>();
        Ticket next = rig.start();
        while (next != null) {
            served.add(next);
            rig.finish(next, cost);
            next = rig.start();
        }
        return served;
    }

    @Test
    void aGroupIsServedInItsOrder() {
        Ticket first = add("a");
        Ticket second = add("a");
        Ticket third = add("a");

        assertThat(runAll(10)).containsExactly(first, second, third);
    }

    @Test
    void groupsOfEqualCostTakeTurnsHoweverManyOfOneWait() {
        Ticket a1 = add("a");
        Ticket a2 = add("a");
        Ticket a3 = add("a");
        Ticket b1 = add("b");
        Ticket c1 = add("c");
        Ticket b2 = add("b");

        assertThat(runAll(10)).containsExactly(a1, b1, c1, a2, b2, a3);
    }

    @Test
    void aGroupOfCostlyJobsIsServedLessOften() {
        Ticket slow1 = add("slow");
        Ticket slow2 = add("slow");
        Ticket fast1 = add("fast");
        Ticket fast2 = add("fast");
        Ticket fast3 = add("fast");

        assertThat(rig.startNext()).isSameAs(slow1);
        rig.finish(slow1, 25);
        assertThat(rig.startNext()).isSameAs(fast1);
        rig.finish(fast1, 10);
        assertThat(rig.startNext()).isSameAs(fast2);
        rig.finish(fast2, 10);
        assertThat(rig.startNext()).isSameAs(fast3);
        rig.finish(fast3, 10);
        assertThat(rig.startNext()).isSameAs(slow2);
    }

    @Test
    void aGroupThatWasIdleIsNotServedForWhatItDidNotUse() {
        add("busy");
        for (int i = 0; i < 100; i++) {
            add("busy");
            rig.finish(rig.startNext(), 10);
        }
        Ticket first = add("idle");
        Ticket second = add("idle");
        Ticket busy = add("busy");

        assertThat(rig.startNext()).isSameAs(first);
        rig.finish(first, 10);
        // The busy group's first ticket has waited for longer, and both have had as much since.
        rig.finish(rig.startNext(), 10);
        assertThat(second.state()).isEqualTo(Ticket.State.QUEUED);
        assertThat(busy.state()).isEqualTo(Ticket.State.QUEUED);
    }

    @Test
    void aGroupThatHadMoreThanItsSharePaysThoughItsNextTicketComesLater() {
        Ticket slow = add("slow");
        add("fast");
        rig.startNext();
        rig.finish(slow, 1_000);
        Ticket again = add("slow");

        for (int i = 0; i < 50; i++) {
            add("fast");
            Ticket served = rig.startNext();
            assertThat(served.admission().group()).isEqualTo("fast");
            rig.finish(served, 10);
        }
        assertThat(again.state()).isEqualTo(Ticket.State.QUEUED);
    }

    @Test
    void nothingIsOwedOnceNothingRunsOrWaits() {
        Ticket slow = add("slow");
        rig.startNext();
        rig.finish(slow, 1_000);
        Ticket again = add("slow");
        add("fast");

        assertThat(rig.startNext()).isSameAs(again);
    }

    @Test
    void aGroupAtItsConcurrencyIsPassedOver() {
        Ticket a1 = add("a");
        Ticket a2 = add("a");
        Ticket a3 = add("a");
        Ticket b1 = add("b");

        assertThat(rig.start()).isSameAs(a1);
        assertThat(rig.start()).isSameAs(b1);
        assertThat(rig.start()).isSameAs(a2);
        assertThat(rig.start()).isNull();

        rig.finish(a1, 10);
        assertThat(rig.start()).isSameAs(a3);
    }

    @Test
    void aGroupMayHaveABoundOfItsOwn() {
        Admission narrow = new Admission("narrow", Admission.DEFAULT_WEIGHT, 1, null, null);
        rig.add(narrow);
        rig.add(narrow);
        Admission wide = new Admission("wide", Admission.DEFAULT_WEIGHT, 4, null, null);
        for (int i = 0; i < 5; i++) {
            rig.add(wide);
        }

        List<String> started = new ArrayList<>();
        for (Ticket next = rig.start(); next != null; next = rig.start()) {
            started.add(next.admission().group());
        }
        assertThat(started).containsExactlyInAnyOrder("narrow", "wide", "wide", "wide", "wide");
    }

    @Test
    void aCallerAtItsBoundHoldsBackOnlyItself() {
        Ticket x1 = add("a", "x", 1);
        Ticket x2 = add("a", "x", 1);
        Ticket x3 = add("b", "x", 1);
        Ticket y1 = add("a", "y", 1);
        Ticket none = add("b");

        assertThat(rig.start()).isSameAs(x1);
        assertThat(rig.start()).isSameAs(none);
        assertThat(rig.start()).isSameAs(y1);
        assertThat(rig.start()).isNull();

        rig.finish(x1, 10);
        assertThat(rig.start()).isIn(x2, x3);
        assertThat(rig.start()).isNull();
    }

    @Test
    void aCallersDefaultBoundComesFromTheLimits() {
        QueueRig bounded = new QueueRig(Limits.slots(4, 4).callers(1, 100).limits());
        Admission mine = new Admission("a", 100, null, new Admission.Caller("x", null), null);
        bounded.add(mine);
        bounded.add(mine);

        assertThat(bounded.start()).isNotNull();
        assertThat(bounded.start()).isNull();
    }

    @Test
    void aFunctionWhoseOnlyCallersAreAtTheirBoundGathersNoCredit() {
        Ticket x1 = add("other", "x", 1);
        rig.startNext();
        Ticket x2 = add("a", "x", 1);
        for (int i = 0; i < 100; i++) {
            add("b");
            rig.finish(rig.startNext(), 10);
        }
        rig.finish(x1, 10);
        add("b");
        add("b");
        assertThat(rig.startNext()).isSameAs(x2);
        rig.finish(x2, 10);
        add("a", "z", null);
        add("a", "z", null);

        List<String> served = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Ticket next = rig.startNext();
            served.add(next.admission().group());
            rig.finish(next, 10);
        }
        assertThat(served).contains("a", "b");
    }

    @Test
    void aRemovedTicketIsNotServed() {
        Ticket a1 = add("a");
        Ticket a2 = add("a");
        rig.queue.remove(a1);

        assertThat(rig.queue.size()).isEqualTo(1);
        assertThat(runAll(10)).containsExactly(a2);
    }

    @Test
    void onlyWhatWaitsCanBeRemoved() {
        Ticket a1 = add("a");
        rig.startNext();

        assertThatIllegalStateException().isThrownBy(() -> rig.queue.remove(a1));
    }

    @Test
    void sizesCountWhatWaits() {
        add("a", "x", null);
        add("a", "x", null);
        add("b");
        rig.startNext();

        assertThat(rig.queue.size()).isEqualTo(2);
        assertThat(rig.queue.size("a")).isEqualTo(1);
        assertThat(rig.queue.size("b")).isEqualTo(1);
        assertThat(rig.queue.size("c")).isZero();
        assertThat(rig.queue.sizeOfCaller("x")).isEqualTo(1);
        assertThat(rig.queue.sizeOfCaller("y")).isZero();
    }

    @Test
    void drainingTakesEverythingThatWaits() {
        Ticket a1 = add("a");
        add("a", "x", 1);
        add("b");
        rig.startNext();

        assertThat(rig.queue.drain()).hasSize(2).doesNotContain(a1);
        assertThat(rig.queue.size()).isZero();
        assertThat(rig.start()).isNull();
    }

    @Test
    void theOldestIsWhoeverCameFirstOfThoseThatWait() {
        Ticket a1 = add("a");
        Ticket b1 = add("b");

        assertThat(rig.queue.oldest()).isSameAs(a1);
        rig.queue.remove(a1);
        assertThat(rig.queue.oldest()).isSameAs(b1);
    }
}
