package dev.mayfly.asynchronous.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.asynchronous.InvocationState;
import dev.mayfly.asynchronous.queue.Claim;
import dev.mayfly.asynchronous.queue.Ending;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.CannotCreateTransactionException;

class EndingWriterTest {

    private final FakeStore store = new FakeStore();
    private final Heard heard = new Heard();
    private final EndingWriter writer = new EndingWriter(store, heard);

    @AfterEach
    void stop() {
        writer.stop();
    }

    private static Claim claim() {
        return new Claim(UUID.randomUUID(), "f", 1, 1, false, false);
    }

    private static Ending succeeded() {
        return new Ending.Ended(
                claim(), InvocationState.SUCCEEDED, Optional.empty(), Ending.Result.without("succeeded", null));
    }

    private void write(Ending... endings) {
        List.of(endings).forEach(writer::add);
        writer.start();
        await().until(() -> heard.count() == endings.length);
    }

    @Test
    void endsAreWrittenAndLinesWokenBehindThem() {
        Ending done = succeeded();
        Ending.Again again = new Ending.Again(claim(), Instant.EPOCH, true, false);

        write(done, again);

        assertThat(heard.written).containsExactlyInAnyOrder(done, again);
        await().untilAsserted(() -> assertThat(store.woken).containsExactly(again));
    }

    private static List<RuntimeException> outages() {
        return List.of(
                new CannotCreateTransactionException("on purpose"),
                new DataAccessResourceFailureException("on purpose"),
                new TransientDataAccessResourceException("on purpose"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void whileTheDatabaseIsAwayEndsAreKept(RuntimeException outage) {
        Ending done = succeeded();
        store.failures.add(outage);

        write(done);

        assertThat(store.failures).isEmpty();
        assertThat(heard.written).containsExactly(done);
    }

    @Test
    void whatWasDoneUnderALostLeaseIsDiscarded() {
        Ending lost = succeeded();
        Ending held = succeeded();
        store.lost.add(lost);

        write(lost, held);

        assertThat(heard.written).containsExactly(held);
        assertThat(heard.discarded).containsExactly(lost);
        assertThat(store.woken).isEmpty();
    }

    @Test
    void oneThatIsRefusedDoesNotHoldUpTheOthers() {
        Ending refused = succeeded();
        Ending other = succeeded();
        store.refused.add(refused);

        write(refused, other);

        assertThat(heard.written).containsExactly(other);
        assertThat(heard.discarded).containsExactly(refused);
    }

    private static final class FakeStore implements EndingWriter.Store {

        final Deque<RuntimeException> failures = new ArrayDeque<>();
        final Collection<Ending> lost = new ConcurrentLinkedQueue<>();
        final Collection<Ending> refused = new ConcurrentLinkedQueue<>();
        final Queue<Ending> woken = new ConcurrentLinkedQueue<>();

        @Override
        public List<Ending> write(List<Ending> endings) {
            if (!failures.isEmpty()) {
                throw failures.pop();
            }
            if (endings.stream().anyMatch(refused::contains)) {
                throw new DataIntegrityViolationException("on purpose");
            }
            return endings.stream().filter(ending -> !lost.contains(ending)).toList();
        }

        @Override
        public void wake(Ending.Again again) {
            woken.add(again);
        }
    }

    private static final class Heard implements EndingWriter.Listener {

        final Queue<Ending> written = new ConcurrentLinkedQueue<>();
        final Queue<Ending> discarded = new ConcurrentLinkedQueue<>();

        int count() {
            return written.size() + discarded.size();
        }

        @Override
        public void written(Ending ending) {
            written.add(ending);
        }

        @Override
        public void discarded(Ending ending) {
            discarded.add(ending);
        }
    }
}
