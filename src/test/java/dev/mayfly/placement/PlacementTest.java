package dev.mayfly.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.placement.Placement.Candidate;
import dev.mayfly.placement.Placement.Choice;
import dev.mayfly.placement.Placement.Held;
import dev.mayfly.placement.Placement.How;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final MembershipRules RULES = new MembershipRules(
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), Random::new));

    private final Random random = new Random(42);
    private final Placement placement = new Placement(() -> random);
    private final List<Worker> workers = IntStream.range(0, 10)
            .mapToObj(i -> new Worker(new WorkerAddress("http", "w" + i, 1, null), RULES))
            .toList();

    private Candidate candidate(int worker, int load, int slots, boolean holds) {
        return new Candidate(workers.get(worker), load, slots, holds ? Held.ALL : Held.LITTLE);
    }

    private Choice choose(Candidate... candidates) {
        return placement.choose(List.of(candidates)).orElseThrow();
    }

    @Test
    void thereIsNoChoiceAmongNone() {
        assertThat(placement.choose(List.of())).isEqualTo(Optional.empty());
    }

    @Test
    void aWorkerWithTheModuleIsPreferredToIdleOnes() {
        Choice choice = choose(candidate(0, 0, 8, false), candidate(1, 1, 8, true), candidate(2, 0, 8, false));

        assertThat(choice).isEqualTo(new Choice(workers.get(1), How.AFFINITY));
    }

    @Test
    void aWorkerWithTheDisksIsPreferredIfNoneHasTheModuleToo() {
        Candidate disks = new Candidate(workers.get(1), 1, 8, Held.DISKS);
        assertThat(choose(candidate(0, 0, 8, false), disks, candidate(2, 0, 8, false)))
                .isEqualTo(new Choice(workers.get(1), How.AFFINITY));
        assertThat(choose(candidate(0, 1, 8, true), disks)).isEqualTo(new Choice(workers.get(0), How.AFFINITY));
    }

    @Test
    void aWorkerWithTheModuleThatIsFullIsNotPreferred() {
        Choice choice = choose(candidate(0, 8, 8, true), candidate(1, 7, 8, false));

        assertThat(choice).isEqualTo(new Choice(workers.get(1), How.TWO_CHOICES));
    }

    @Test
    void aWorkerWithTheModuleThatIsMuchBusierThanOthersIsNotPreferred() {
        // The mean is 2, so from 3.5 on a worker is too busy.
        assertThat(choose(candidate(0, 4, 100, true), candidate(1, 0, 100, false), candidate(2, 2, 100, false))
                        .how())
                .isEqualTo(How.TWO_CHOICES);
        assertThat(choose(candidate(0, 3, 100, true), candidate(1, 1, 100, false), candidate(2, 2, 100, false))
                        .how())
                .isEqualTo(How.AFFINITY);
    }

    @Test
    void theLessBusyOfTwoIsTakenInRelationToItsSlots() {
        for (int i = 0; i < 20; i++) {
            assertThat(choose(candidate(0, 3, 4, false), candidate(1, 6, 16, false))
                            .worker())
                    .isSameAs(workers.get(1));
        }
    }

    @Test
    void manyFunctionsSpreadEvenly() {
        int[] loads = new int[10];
        for (int order = 0; order < 1000; order++) {
            loads[place(loads, new boolean[10], 1000).index()]++;
        }

        // Two choices keep the fullest within a few orders of the mean; one choice alone would be 20 or more above.
        assertThat(Arrays.stream(loads).max().orElse(0)).isLessThanOrEqualTo(106);
        assertThat(Arrays.stream(loads).min().orElse(0)).isGreaterThanOrEqualTo(94);
    }

    @Test
    void aFunctionStaysWhereItsModuleIsWhileThereIsRoom() {
        int[] loads = new int[10];
        boolean[] holds = new boolean[10];
        holds[3] = true;
        int affine = 0;
        for (int order = 0; order < 1000; order++) {
            // One order at a time: each has ended when the next comes.
            Placed placed = place(loads, holds, 8);
            affine += placed.how() == How.AFFINITY ? 1 : 0;
        }

        assertThat(affine).isEqualTo(1000);
    }

    @Test
    void aHotFunctionSpreadsOverAllWorkersAsItsOwnFillUp() {
        int[] loads = new int[10];
        boolean[] holds = new boolean[10];
        holds[0] = true;
        for (int order = 0; order < 80; order++) {
            int index = place(loads, holds, 8).index();
            loads[index]++;
            holds[index] = true;
        }

        assertThat(loads).containsOnly(8);
    }

    private record Placed(int index, How how) {}

    private Placed place(int[] loads, boolean[] holds, int slots) {
        List<Candidate> candidates = IntStream.range(0, loads.length)
                .filter(i -> loads[i] < slots)
                .mapToObj(i -> candidate(i, loads[i], slots, holds[i]))
                .toList();
        Choice choice = placement.choose(candidates).orElseThrow();
        return new Placed(workers.indexOf(choice.worker()), choice.how());
    }
}
