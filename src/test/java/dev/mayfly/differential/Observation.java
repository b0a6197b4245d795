package dev.mayfly.differential;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What can be seen of a module.
 *
 * @param outcomes of each call of an export: its results or the reason of its trap
 * @param hostCalls what imported functions were told
 * @param memory in the end
 */
@SuppressWarnings("ArrayRecordComponent") // compared by difference()
record Observation(List<String> outcomes, List<String> hostCalls, byte[] memory) {

    /** The first thing that differs, if anything does. */
    Optional<String> difference(Observation other) {
        List<String> differences = new ArrayList<>();
        compare("call", outcomes, other.outcomes, differences);
        compare("host call", hostCalls, other.hostCalls, differences);
        int at = java.util.Arrays.mismatch(memory, other.memory);
        if (at >= 0) {
            differences.add("memory at " + at + " of " + memory.length + ": " + excerpt(memory, at) + " and "
                    + excerpt(other.memory, at) + " of " + other.memory.length);
        }
        return differences.stream().findFirst();
    }

    private static void compare(String what, List<String> left, List<String> right, List<String> differences) {
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            String one = i < left.size() ? left.get(i) : "nothing";
            String other = i < right.size() ? right.get(i) : "nothing";
            if (!one.equals(other)) {
                differences.add(what + " " + i + ": " + one + " and " + other);
            }
        }
    }

    private static String excerpt(byte[] bytes, int at) {
        return at >= bytes.length ? "nothing" : HexFormat.of().formatHex(bytes, at, Math.min(at + 8, bytes.length));
    }
}
