package dev.mayfly.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DeadlineWheelTest {

    /** A tick, and the look at the wheel that comes after it. */
    private static final long LATE = Duration.ofMillis(200).toNanos();

    private final QueueRig rig = new QueueRig(Limits.slots(1, 1).limits());
    private final List<Ticket> waiting = new ArrayList<>();

    private void add(Duration patience) {
        waiting.add(rig.add(new Admission("g", Admission.DEFAULT_WEIGHT, null, null, patience)));
    }

    private List<Ticket> expire() {
        List<Ticket> expired = new ArrayList<>();
        for (Ticket found = rig.queue.overdue(rig.now()); found != null; found = rig.queue.overdue(rig.now())) {
            rig.queue.remove(found);
            expired.add(found);
        }
        return expired;
    }

    @Test
    void ticketsAreFoundSoonAfterTheirDeadlineAndNotBefore() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            add(Duration.ofMillis(random.nextInt(1, 200_000)));
        }
        while (!waiting.isEmpty()) {
            rig.pass(Duration.ofMillis(100).toNanos());
            List<Ticket> expired = expire();
            // The hand may stop at much to look at, and goes on when it is asked again.
            expired.addAll(expire());
            expired.addAll(expire());

            assertThat(expired).allMatch(ticket -> ticket.isOverdue(rig.now()));
            waiting.removeAll(expired);
            assertThat(waiting).noneMatch(ticket -> ticket.isOverdue(rig.now() - 5 * LATE));
        }
    }

    @Test
    void whatHasLeftIsNotFound() {
        add(Duration.ofMillis(50));
        rig.queue.remove(waiting.getFirst());
        rig.pass(Duration.ofSeconds(1).toNanos());

        assertThat(expire()).isEmpty();
    }

    @Test
    void afterALongTimeWithoutTicketsTheHandIsWhereItShouldBe() {
        rig.pass(Duration.ofDays(10).toNanos());
        assertThat(expire()).isEmpty();
        add(Duration.ofMillis(50));
        rig.pass(LATE);

        assertThat(expire()).isEqualTo(waiting);
    }
}
