package dev.mayfly.placement;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Chooses a worker for an order. One that has the module is preferred, as long as it has a slot to spare and is not much
 * busier than the others: a function that is called more than its worker can take spreads. Otherwise two workers are
 * drawn, and the less busy one is taken, which keeps the load even although what is known of it is a moment old.
 */
final class Placement {

    private static final double SLACK = 1.25;

    /** How a worker was found. */
    enum How {
        /** It has the module. */
        AFFINITY,
        /** The less busy of two. */
        TWO_CHOICES
    }

    /**
     * A worker that may be chosen.
     *
     * @param load how many orders it has, as far as is known
     * @param slots how many it runs at once
     * @param holdsModule whether it is known to have the module
     */
    record Candidate(Worker worker, int load, int slots, boolean holdsModule) {

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
        List<Candidate> holders = candidates.stream()
                .filter(candidate -> candidate.holdsModule() && candidate.load() < Math.min(most, candidate.slots()))
                .toList();
        return Optional.of(
                holders.isEmpty()
                        ? new Choice(lessBusyOfTwo(candidates), How.TWO_CHOICES)
                        : new Choice(lessBusyOfTwo(holders), How.AFFINITY));
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
