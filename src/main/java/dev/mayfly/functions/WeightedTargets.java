package dev.mayfly.functions;

import java.util.Map;
import java.util.SortedMap;
import java.util.random.RandomGenerator;

/** Versions that are drawn by weight. */
final class WeightedTargets {

    private final int[] versions;
    /** The sums of the weights up to and with each version. */
    private final int[] bounds;

    WeightedTargets(SortedMap<Integer, Integer> weights) {
        versions = new int[weights.size()];
        bounds = new int[weights.size()];
        int i = 0;
        int sum = 0;
        for (Map.Entry<Integer, Integer> target : weights.entrySet()) {
            sum = Math.addExact(sum, target.getValue());
            versions[i] = target.getKey();
            bounds[i] = sum;
            i++;
        }
        if (sum <= 0) {
            throw new IllegalArgumentException("weights must be positive: " + weights);
        }
    }

    /** Draws a version: each with a probability of its weight in the sum of all. */
    int draw(RandomGenerator random) {
        if (versions.length == 1) {
            return versions[0];
        }
        int ticket = random.nextInt(bounds[bounds.length - 1]);
        int i = 0;
        while (ticket >= bounds[i]) {
            i++;
        }
        return versions[i];
    }
}
