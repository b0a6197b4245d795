package dev.mayfly.placement;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Chooses a worker for an order. One that has the module and the disks is preferred, or else one that has the disks, as long as it has a slot to spare and is not much
 * busier than the others: a function that is called more than its worker can take spreads. Otherwise two workers are
 * drawn, and the less busy one is taken, which keeps the load even although what is known of it is a moment old.
 */
final class Placement {

    private static final double SLACK = 1.25;

    /** What a worker has of what is needed, the least first. */
    enum Held {
        /** Something is missing, and not the module alone. */
        LITTLE,
        /** All disks, of which there are some: the module is small in comparison. */
        DISKS,
        /** The module and all disks. */
        ALL
    }

    /** How a worker was found. */
    enum How {
        /** It has what is needed, or most of it. */
        AFFINITY,
        /** The less busy of two. */
        TWO_CHOICES
    }

    /**
     * A worker that may be chosen.
     *
     * @param load how many orders it has, as far as is known
     * @param slots how many it runs at once
     * @param held what it is known to have
     */
    record Candidate(Worker worker, int load, int slots, Held held) {

        private boolean isLessBusyThan(Candidate other) {
            return (long) load * other.slots < (long) other.load * slots;
        }
    }

    record Choice(Worker worker, How how) {}

    private final Supplier<RandomGenerator> random;

    Placement(Supplier<RandomGenerator> random) {
        this.random = random;
    }

    /** Chooses one; empty if there is none to choose from. */
    Optional<Choice> choose(List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        double most = most(candidates);
        return Stream.of(Held.ALL, Held.DISKS)
                .map(held -> candidates.stream()
                        .filter(candidate ->
                                candidate.held() == held && candidate.load() < Math.min(most, candidate.slots()))
                        .toList())
                .filter(holders -> !holders.isEmpty())
                .findFirst()
                .map(holders -> new Choice(lessBusyOfTwo(holders), How.AFFINITY))
                .or(() -> Optional.of(new Choice(lessBusyOfTwo(candidates), How.TWO_CHOICES)));
    }

    /** From this load on a worker is too busy to be preferred. */
    private static double most(List<Candidate> candidates) {
        return SLACK * candidates.stream().mapToInt(Candidate::load).average().orElse(0) + 1;
    }

    private Worker lessBusyOfTwo(List<Candidate> candidates) {
        RandomGenerator draws = random.get();
        int first = draws.nextInt(candidates.size());
        if (candidates.size() == 1) {
            return candidates.getFirst().worker();
        }
        int second = (first + 1 + draws.nextInt(candidates.size() - 1)) % candidates.size();
        Candidate one = candidates.get(first);
        Candidate other = candidates.get(second);
        return (other.isLessBusyThan(one) ? other : one).worker();
    }
}
