package dev.mayfly.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeightedTargetsTest {

    @Test
    void eachVersionHasAsManyTicketsAsItsWeight() {
        WeightedTargets targets = targets(Map.of(3, 90, 4, 9, 7, 1));

        Map<Integer, Long> drawn = IntStream.range(0, 100)
                .mapToObj(ticket -> targets.draw(new Ticket(100, ticket)))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(drawn).isEqualTo(Map.of(3, 90L, 4, 9L, 7, 1L));
    }

    @Test
    void aSingleVersionNeedsNoLuck() {
        assertThat(targets(Map.of(5, 1)).draw(() -> {
                    throw new AssertionError("drew a number");
                }))
                .isEqualTo(5);
    }

    @Test
    void refusesWeightsThatAreTooMuchTogether() {
        assertThatThrownBy(() -> targets(Map.of(1, Integer.MAX_VALUE, 2, 1))).isInstanceOf(ArithmeticException.class);
    }

    private static WeightedTargets targets(Map<Integer, Integer> weights) {
        return new WeightedTargets(new TreeMap<>(weights));
    }

    /** Draws one number, from the range that it must be asked for. */
    private record Ticket(int range, int number) implements RandomGenerator {

        @Override
        public int nextInt(int bound) {
            assertThat(bound).isEqualTo(range);
            return number;
        }

        @Override
        public long nextLong() {
            throw new AssertionError("asked for something else");
        }
    }
}
