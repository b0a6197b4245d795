package dev.mayfly.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the order promises, for slots that are simulated, with jobs of random cost. */
class FairnessTest {

    private static final long MILLISECOND = 1_000_000;

    /** A function, which always has something waiting if it floods, and what it has had. */
    private static final class Load {
        final Admission admission;
        final LongSupplier cost;
        final boolean floods;
        long had;
        long longest;
        int running;
        int mostRunning;

        Load(String name, int weight, LongSupplier cost) {
            this(name, weight, cost, true);
        }

        Load(String name, int weight, LongSupplier cost, boolean floods) {
            this.admission = new Admission(name, weight, null, null, null);
            this.cost = cost;
            this.floods = floods;
        }
    }

    private record Running(Ticket ticket, Load load, long end, long cost) {}

    /** Slots, and a clock that jumps to the end of the next job. */
    private static final class Simulation {
        final int slots;
        final QueueRig rig;
        final Map<Ticket, Load> loads = new HashMap<>();
        final PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparingLong(Running::end));

        Simulation(int slots, int perGroup) {
            this.slots = slots;
            this.rig = new QueueRig(Limits.slots(slots, perGroup).limits());
        }

        Ticket add(Load load) {
            Ticket ticket = rig.add(load.admission);
            loads.put(ticket, load);
            return ticket;
        }

        /** Fills the slots; each flooding function's job that starts is followed by another. */
        void fill() {
            while (running.size() < slots) {
                Ticket started = rig.start();
                if (started == null) {
                    return;
                }
                Load load = Objects.requireNonNull(loads.get(started));
                long cost = load.cost.getAsLong();
                running.add(new Running(started, load, rig.now() + cost, cost));
                load.mostRunning = Math.max(load.mostRunning, ++load.running);
                if (load.floods) {
                    add(load);
                }
            }
        }

        Running step() {
            Running next = running.remove();
            rig.passTo(next.end());
            rig.end(next.ticket());
            next.load().had += next.cost();
            next.load().longest = Math.max(next.load().longest, next.cost());
            next.load().running--;
            loads.remove(next.ticket());
            return next;
        }
    }

    private static LongSupplier costs(SplittableRandom random) {
        long most = MILLISECOND * (1 + random.nextInt(1, 100));
        long least = random.nextBoolean() ? most : MILLISECOND / 10;
        return () -> least == most ? most : random.nextLong(least, most);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void slotTimeIsSharedInProportionToWeights(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int slots = random.nextInt(1, 9);
        Simulation simulation = new Simulation(slots, slots);
        List<Load> loads = new ArrayList<>();
        int count = 2 * slots + random.nextInt(20);
        for (int i = 0; i < count; i++) {
            // No function deserves more than the slots that it can take: weights differ by a factor of three at most.
            loads.add(new Load("f" + i, random.nextInt(50, 150), costs(random)));
        }
        for (Load load : loads) {
            for (int i = 0; i < slots; i++) {
                simulation.add(load);
            }
        }
        for (int i = 0; i < 30_000; i++) {
            simulation.fill();
            simulation.step();
        }
        for (Load one : loads) {
            for (Load other : loads) {
                double difference = normalised(one, one.had) - normalised(other, other.had);
                double bound = normalised(one, one.mostRunning * one.longest)
                        + normalised(other, other.mostRunning * other.longest);
                assertThat(Math.abs(difference)).isLessThanOrEqualTo(bound);
            }
        }
    }

    private static double normalised(Load load, long nanos) {
        return (double) nanos / load.admission.weight();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void withOneSlotTheyDifferByAJobEach(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Simulation simulation = new Simulation(1, 1);
        Load heavy = new Load("heavy", 1000, costs(random));
        Load light = new Load("light", 10, costs(random));
        simulation.add(heavy);
        simulation.add(light);
        for (int i = 0; i < 20_000; i++) {
            simulation.fill();
            simulation.step();
            double difference = normalised(heavy, heavy.had) - normalised(light, light.had);
            assertThat(Math.abs(difference))
                    .isLessThanOrEqualTo(normalised(heavy, 100 * MILLISECOND) + normalised(light, 100 * MILLISECOND));
        }
    }

    /** However many others flood the queue, a function that asks now and then waits for one job of each at most. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aModestFunctionWaitsForOneJobOfEachOtherAtMost(long seed) {
        assertFewStartBefore(seed, false, 1);
    }

    /** Jobs that run were charged with an estimate; what they took less, the others are given back meanwhile. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void withUnpredictableCostsItWaitsForOneMorePerSlotAtMost(long seed) {
        assertFewStartBefore(seed, true, 1 + 4);
    }

    private static void assertFewStartBefore(long seed, boolean unpredictable, int most) {
        SplittableRandom random = new SplittableRandom(seed);
        int slots = random.nextInt(1, 5);
        int floods = random.nextInt(1, 6);
        Simulation simulation = new Simulation(slots, slots);
        for (int i = 0; i < floods; i++) {
            int usual = random.nextInt(5, 15);
            Load flood =
                    new Load("flood" + i, 100, () -> MILLISECOND * (unpredictable ? random.nextInt(1, 30) : usual));
            for (int j = 0; j < 500; j++) {
                simulation.add(flood);
            }
        }
        Load modest = new Load("modest", 100, () -> MILLISECOND, false);
        for (int round = 0; round < 200; round++) {
            simulation.fill();
            Ticket ticket = simulation.add(modest);
            Map<String, Integer> before = new HashMap<>();
            while (ticket.state() == Ticket.State.QUEUED) {
                simulation.step();
                List<Running> known = new ArrayList<>(simulation.running);
                simulation.fill();
                simulation.running.stream()
                        .filter(running -> !known.contains(running) && running.ticket() != ticket)
                        .filter(_ -> ticket.state() == Ticket.State.QUEUED)
                        .forEach(running ->
                                before.merge(running.ticket().admission().group(), 1, Integer::sum));
            }
            assertThat(before.values()).allMatch(jobs -> jobs <= most);
            while (ticket.state() != Ticket.State.DONE) {
                simulation.step();
                simulation.fill();
            }
            for (int i = random.nextInt(20); i > 0; i--) {
                simulation.step();
                simulation.fill();
            }
        }
    }

    /** Everything at random: bounds hold, nothing waits beside a free slot, lines keep their order, nobody is forgotten. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void boundsHoldAndNoSlotIsFreeWhileATicketMayStart(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomTraffic traffic = new RandomTraffic(random);
        for (int i = 0; i < 20_000; i++) {
            traffic.act();
        }
        traffic.finishAll();
    }

    /** Arrivals, withdrawals and ends in any order, checked against plain lists. */
    private static final class RandomTraffic {
        final SplittableRandom random;
        final int slots;
        final int perGroup;
        final QueueRig rig;
        final List<Ticket> running = new ArrayList<>();
        final List<Ticket> waiting = new ArrayList<>();

        RandomTraffic(SplittableRandom random) {
            this.random = random;
            this.slots = random.nextInt(1, 7);
            this.perGroup = random.nextInt(1, 4);
            this.rig = new QueueRig(Limits.slots(slots, perGroup).limits());
        }

        void act() {
            switch (random.nextInt(5)) {
                case 0, 1 -> waiting.add(rig.add(admission()));
                case 2 -> withdraw();
                default -> end();
            }
            fill();
            check();
        }

        private Admission admission() {
            int group = random.nextInt(6);
            Integer own = group == 0 ? Integer.valueOf(2) : null;
            int caller = random.nextInt(4);
            Admission.Caller by = caller == 0
                    ? null
                    : new Admission.Caller("c" + caller, caller == 1 ? null : Integer.valueOf(caller - 1));
            return new Admission("g" + group, random.nextInt(1, 1001), own, by, null);
        }

        private void withdraw() {
            if (!waiting.isEmpty() && random.nextInt(4) == 0) {
                rig.queue.remove(waiting.remove(random.nextInt(waiting.size())));
            }
        }

        private void end() {
            if (!running.isEmpty()) {
                rig.pass(random.nextLong(10 * MILLISECOND));
                rig.end(running.remove(random.nextInt(running.size())));
            }
        }

        private void fill() {
            while (running.size() < slots) {
                Ticket started = rig.start();
                if (started == null) {
                    assertThat(waiting).noneMatch(this::mayStart);
                    return;
                }
                assertThat(mayStart(started)).isTrue();
                assertThat(waiting.stream()
                                .filter(other -> other.admission()
                                                .group()
                                                .equals(started.admission().group())
                                        && mayStart(other))
                                .findFirst())
                        .containsSame(started);
                waiting.remove(started);
                running.add(started);
            }
        }

        private boolean mayStart(Ticket ticket) {
            Admission mine = ticket.admission();
            long ofGroup = running.stream()
                    .filter(other -> other.admission().group().equals(mine.group()))
                    .count();
            Integer own = mine.group().equals("g0") ? Integer.valueOf(2) : null;
            return ofGroup < (own != null ? own : perGroup) && callerMayStart(mine.caller());
        }

        private boolean callerMayStart(Admission.@Nullable Caller caller) {
            if (caller == null || caller.concurrency() == null) {
                return true;
            }
            return running.stream()
                            .filter(other -> caller.equals(other.admission().caller()))
                            .count()
                    < caller.concurrency();
        }

        private void check() {
            assertThat(rig.queue.size()).isEqualTo(waiting.size());
            assertThat(rig.queue.oldest()).isSameAs(waiting.isEmpty() ? null : waiting.getFirst());
        }

        void finishAll() {
            Deque<Ticket> ending = new ArrayDeque<>();
            while (!running.isEmpty() || !waiting.isEmpty()) {
                ending.addAll(running);
                running.clear();
                rig.pass(MILLISECOND);
                ending.forEach(rig::end);
                ending.clear();
                fill();
            }
            assertThat(rig.queue.size()).isZero();
        }
    }
}
