package dev.mayfly.compiler.frontend;

import java.util.Arrays;

/** When each variable was assigned, in assignments counted from the beginning of the function. */
final class AssignmentHistory {

    private static final int[] NEVER = new int[0];

    private final int[][] times;
    private final int[] counts;
    private int now;

    AssignmentHistory(int variables) {
        times = new int[variables][];
        Arrays.fill(times, NEVER);
        counts = new int[variables];
    }

    /** How many assignments there were. */
    int now() {
        return now;
    }

    void assigned(int variable) {
        int count = counts[variable];
        if (count == times[variable].length) {
            times[variable] = Arrays.copyOf(times[variable], Math.max(4, count * 2));
        }
        times[variable][count] = now++;
        counts[variable]++;
    }

    /** Whether a variable was assigned at or after one time and before another. */
    boolean wasAssigned(int variable, int from, int until) {
        int found = Arrays.binarySearch(times[variable], 0, counts[variable], from);
        int next = found >= 0 ? found : ~found;
        return next < counts[variable] && times[variable][next] < until;
    }
}
