package dev.mayfly.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.cluster.Content;
import dev.mayfly.cluster.HeldDisks;
import dev.mayfly.cluster.WorkerLoad;
import dev.mayfly.cluster.WorkerStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MembershipTest {

    private static final ContentDigest DIGEST = new ContentDigest("0".repeat(64));
    private static final Content MODULE = new Content(Content.Kind.MODULE, DIGEST);
    private static final Content ONE = new Content(Content.Kind.DISK, new ContentDigest("1".repeat(64)));
    private static final Content OTHER = new Content(Content.Kind.DISK, new ContentDigest("2".repeat(64)));
    private static final Needs NEEDS = new Needs(DIGEST, Set.of(), 0);
    private static final Needs WITH_DISKS = new Needs(DIGEST, Set.of(ONE.digest(), OTHER.digest()), 100);
    private static final WorkerAddress A = new WorkerAddress("http", "a", 1, null);
    private static final WorkerAddress B = new WorkerAddress("http", "b", 1, null);
    private static final Duration HEARTBEAT = Duration.ofMillis(500);

    /** An order that is pending. */
    private static final class FakeOrder implements Pending {

        private final AtomicBoolean aborted = new AtomicBoolean();
        private boolean overdue;

        @Override
        public boolean isOverdue(long nowNanos) {
            return overdue;
        }

        @Override
        public void abort() {
            aborted.set(true);
        }
    }

    private final AtomicLong now = new AtomicLong(1);
    /** What each worker answers; those that are missing do not. */
    private final Map<WorkerAddress, WorkerStatus> answers = new ConcurrentHashMap<>();

    private final List<WorkerAddress> asked = new ArrayList<>();
    /** What happens between a worker's answer and its arrival. */
    private Runnable whileAsked = () -> {};

    private final MembershipRules rules = new MembershipRules(
            HEARTBEAT, Duration.ofSeconds(3), new Backoff(HEARTBEAT, Duration.ofSeconds(4), () -> new Random(1)));
    private final Membership membership =
            new Membership(rules, this::ask, Runnable::run, now::get, () -> Instant.EPOCH.plusNanos(now.get()));

    private WorkerStatus ask(WorkerAddress address) throws IOException {
        asked.add(address);
        whileAsked.run();
        WorkerStatus answer = answers.get(address);
        if (answer == null) {
            throw new IOException("no answer");
        }
        return answer;
    }

    private static WorkerStatus status(UUID instance, WorkerLoad load, ContentDigest... modules) {
        return new WorkerStatus("w", instance, "1", "fake", load, Set.of(modules), Optional.empty());
    }

    private static WorkerStatus idle() {
        return status(new UUID(0, 1), new WorkerLoad(4, 0, 0, false));
    }

    private static WorkerStatus draining() {
        return status(new UUID(0, 1), new WorkerLoad(4, 0, 0, true));
    }

    private void discover(WorkerAddress... addresses) {
        membership.discovered(new LinkedHashSet<>(List.of(addresses)));
    }

    private void pass(Duration time) {
        for (long left = time.toMillis(); left > 0; left -= 50) {
            now.addAndGet(Duration.ofMillis(50).toNanos());
            membership.tick();
        }
    }

    private Worker a() {
        return membership.workers().stream()
                .filter(worker -> worker.address().equals(A))
                .findAny()
                .orElseThrow();
    }

    private WorkerState stateOfA() {
        return a().state(now.get());
    }

    @BeforeEach
    void oneWorkerIsUp() {
        answers.put(A, idle());
        discover(A);
        membership.tick();
    }

    @Test
    void aWorkerIsUpOnceItAnswers() {
        assertThat(stateOfA()).isEqualTo(WorkerState.UP);
        assertThat(membership.slots()).isEqualTo(4);
        discover(A, B);
        membership.tick();
        assertThat(membership.count(WorkerState.DOWN)).isEqualTo(1);
        assertThat(membership.candidates(NEEDS, Set.of()))
                .extracting(candidate -> candidate.worker().address())
                .containsExactly(A);
    }

    @Test
    void aWorkerIsAskedOncePerInterval() {
        asked.clear();
        pass(Duration.ofSeconds(5));
        assertThat(asked).hasSizeBetween(9, 11);
    }

    @Test
    void aMissedHeartbeatTakesAWorkerOutAndAnAnswerTakesItBack() {
        answers.remove(A);
        pass(HEARTBEAT);
        assertThat(stateOfA()).isEqualTo(WorkerState.SUSPECT);
        assertThat(membership.candidates(NEEDS, Set.of())).isEmpty();

        answers.put(A, idle());
        pass(HEARTBEAT);
        assertThat(stateOfA()).isEqualTo(WorkerState.UP);
    }

    @Test
    void aWorkerThatSaysNothingForAWhileIsDownAndWhatItDidIsGivenUp() {
        FakeOrder order = new FakeOrder();
        a().begin(order);
        answers.remove(A);

        pass(Duration.ofMillis(2900));
        assertThat(order.aborted).isFalse();
        pass(Duration.ofMillis(200));

        assertThat(stateOfA()).isEqualTo(WorkerState.DOWN);
        assertThat(order.aborted).isTrue();
        assertThat(membership.slots()).isZero();
    }

    @Test
    void aPauseOfOurOwnGivesNothingUp() {
        FakeOrder order = new FakeOrder();
        a().begin(order);
        answers.remove(A);
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        membership.tick();
        answers.put(A, idle());
        membership.tick();
        pass(HEARTBEAT);

        assertThat(order.aborted).isFalse();
        assertThat(stateOfA()).isEqualTo(WorkerState.UP);
    }

    @Test
    void aWorkerThatIsDownIsAskedLessAndLessOften() {
        answers.remove(A);
        pass(Duration.ofSeconds(20));
        asked.clear();
        pass(Duration.ofSeconds(20));
        assertThat(asked).hasSizeBetween(4, 10);
    }

    @Test
    void aFailedExchangeTakesAWorkerOutForLongerEachTimeAlthoughItAnswersHeartbeats() {
        a().failed(now.get());
        assertThat(stateOfA()).isEqualTo(WorkerState.SUSPECT);
        pass(HEARTBEAT);
        assertThat(stateOfA()).isEqualTo(WorkerState.UP);
        for (int i = 0; i < 3; i++) {
            a().failed(now.get());
        }
        pass(Duration.ofSeconds(1));
        assertThat(stateOfA()).isEqualTo(WorkerState.SUSPECT);
        pass(Duration.ofSeconds(3));
        assertThat(stateOfA()).isEqualTo(WorkerState.UP);
    }

    @Test
    void aSuccessEndsTheCountOfFailures() {
        for (int i = 0; i < 5; i++) {
            a().failed(now.get());
        }
        a().succeeded();
        assertThat(stateOfA()).isEqualTo(WorkerState.UP);
    }

    @Test
    void aDrainingWorkerGetsNoOrdersAndItsSlotsDoNotCount() {
        FakeOrder order = new FakeOrder();
        a().begin(order);
        answers.put(A, draining());
        pass(HEARTBEAT);

        assertThat(stateOfA()).isEqualTo(WorkerState.DRAINING);
        assertThat(membership.candidates(NEEDS, Set.of())).isEmpty();
        assertThat(membership.slots()).isZero();
        pass(Duration.ofSeconds(10));
        assertThat(order.aborted).as("what it does goes on").isFalse();
    }

    @Test
    void aRestartForgetsWhatAWorkerHeldAndGivesUpWhatItDid() {
        FakeOrder order = new FakeOrder();
        a().begin(order);
        a().holds(MODULE);
        assertThat(membership.candidates(NEEDS, Set.of()).getFirst().held()).isEqualTo(Placement.Held.ALL);

        answers.put(A, status(new UUID(0, 2), new WorkerLoad(4, 0, 0, false)));
        pass(HEARTBEAT);

        assertThat(order.aborted).isTrue();
        assertThat(membership.candidates(NEEDS, Set.of()).getFirst().held()).isEqualTo(Placement.Held.LITTLE);
    }

    private static WorkerStatus withDisks(long capacity, ContentDigest... disks) {
        return new WorkerStatus(
                "w",
                new UUID(0, 1),
                "1",
                "fake",
                new WorkerLoad(4, 0, 0, false),
                Set.of(DIGEST),
                Optional.of(new HeldDisks(capacity, Set.of(disks))));
    }

    private Placement.Held held() {
        return membership.candidates(WITH_DISKS, Set.of()).getFirst().held();
    }

    @Test
    void anAnswerThatIsOlderThanAPushDoesNotUndoIt() {
        whileAsked = () -> a().holds(MODULE);
        pass(HEARTBEAT);
        whileAsked = () -> {};
        assertThat(heldByA()).isEqualTo(Placement.Held.ALL);

        pass(HEARTBEAT);
        assertThat(heldByA()).as("as it says itself").isEqualTo(Placement.Held.LITTLE);
    }

    @Test
    void anAnswerThatIsOlderThanARefusalDoesNotUndoIt() {
        answers.put(A, status(new UUID(0, 1), new WorkerLoad(4, 0, 0, false), MODULE.digest()));
        whileAsked = () -> a().lacks(List.of(MODULE));
        pass(HEARTBEAT);
        whileAsked = () -> {};
        assertThat(heldByA()).isEqualTo(Placement.Held.LITTLE);

        pass(HEARTBEAT);
        assertThat(heldByA()).as("as it says itself").isEqualTo(Placement.Held.ALL);
    }

    private Placement.Held heldByA() {
        return membership.candidates(NEEDS, Set.of()).getFirst().held();
    }

    @Test
    void whatAWorkerHoldsIsTheModuleAndEachDisk() {
        answers.put(A, withDisks(1000, ONE.digest()));
        pass(HEARTBEAT);
        assertThat(held()).isEqualTo(Placement.Held.LITTLE);
        a().holds(OTHER);
        assertThat(held()).isEqualTo(Placement.Held.ALL);
        a().lacks(List.of(MODULE));
        assertThat(held()).isEqualTo(Placement.Held.DISKS);
        a().lacks(List.of(ONE));
        assertThat(held()).isEqualTo(Placement.Held.LITTLE);
        assertThat(membership.views().getFirst().disks()).isEqualTo(1);
    }

    @Test
    void aWorkerThatKnowsOfNoDisksGetsNoOrdersWithDisks() {
        assertThat(membership.candidates(NEEDS, Set.of())).hasSize(1);
        assertThat(membership.candidates(WITH_DISKS, Set.of())).isEmpty();
        assertThat(membership.isTooMuch(WITH_DISKS)).isTrue();
        assertThat(membership.isTooMuch(NEEDS)).isFalse();
    }

    @Test
    void disksThatDoNotFitTogetherAreTooMuchAsLongAsNoWorkerHasRoom() {
        answers.put(A, withDisks(99));
        pass(HEARTBEAT);
        assertThat(membership.candidates(WITH_DISKS, Set.of())).isEmpty();
        assertThat(membership.isTooMuch(WITH_DISKS)).isTrue();

        answers.put(B, withDisks(100));
        discover(A, B);
        membership.tick();
        assertThat(membership.candidates(WITH_DISKS, Set.of())).hasSize(1);
        answers.remove(B);
        pass(HEARTBEAT);
        assertThat(membership.candidates(WITH_DISKS, Set.of())).isEmpty();
        assertThat(membership.isTooMuch(WITH_DISKS)).as("B may be back").isFalse();
        pass(Duration.ofSeconds(10));
        assertThat(membership.isTooMuch(WITH_DISKS)).as("B is down").isTrue();
    }

    @Test
    void loadIsWhatOthersHaveThereAndWhatWeHave() {
        a().begin(new FakeOrder());
        answers.put(A, status(new UUID(0, 1), new WorkerLoad(4, 3, 1, false), DIGEST));
        pass(HEARTBEAT);
        a().begin(new FakeOrder());

        Placement.Candidate candidate = membership.candidates(NEEDS, Set.of()).getFirst();
        assertThat(candidate.load()).isEqualTo(5);
        assertThat(candidate.held()).isEqualTo(Placement.Held.ALL);
    }

    @Test
    void aWorkerThatIsFoundNoMoreIsForgottenOnceItHasNothingToDo() {
        FakeOrder order = new FakeOrder();
        a().begin(order);
        discover();
        membership.tick();
        assertThat(membership.candidates(NEEDS, Set.of())).isEmpty();
        assertThat(membership.workers()).hasSize(1);

        a().done(order);
        membership.tick();
        assertThat(membership.workers()).isEmpty();
    }

    @Test
    void whatTakesLongerThanItMayIsGivenUp() {
        FakeOrder order = new FakeOrder();
        order.overdue = true;
        a().begin(order);
        membership.tick();
        assertThat(order.aborted).isTrue();
    }

    @Test
    void howLongThereWasNoWorkerCountsFromTheLastOne() {
        pass(Duration.ofSeconds(10));
        assertThat(membership.withoutWorkers()).isZero();
        answers.remove(A);
        pass(Duration.ofSeconds(5));
        assertThat(membership.withoutWorkers()).isBetween(Duration.ofMillis(4400), Duration.ofSeconds(5));
    }
}
