package dev.mayfly.compiler.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.FunctionParser;
import dev.mayfly.compiler.ssa.Verifier;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockOrderTest {

    private static List<Integer> order(String text) {
        Function function = FunctionParser.parse(text);
        new BlockOrder().run(function);
        Verifier.verify(function);
        return IntStream.range(0, function.blocks().ordered())
                .mapToObj(function.blocks()::inOrder)
                .toList();
    }

    @Test
    void aLoopIsNotTornApartByItsExits() {
        assertThat(order("""
                function f
                block0(v0:i32):
                    jump block1
                block1:
                    branch v0, block5, block2
                block2:
                    branch v0, block6, block3
                block3:
                    branch v0, block3, block4
                block4:
                    jump block1
                block5:
                    jump block7
                block6:
                    jump block7
                block7:
                    return
                """))
                .startsWith(0, 1, 2, 3, 4)
                .containsSubsequence(5, 7)
                .containsSubsequence(6, 7);
    }

    @Test
    void whatLeadsToATrapIsOutOfTheWay() {
        assertThat(order("""
                function f
                block0(v0:i32):
                    branch v0, block1, block4
                block1:
                    branch v0, block2, block3
                block2:
                    trap.unreachable
                block3:
                    trap.integer_overflow
                block4:
                    branch v0, block5, block6
                block5:
                    jump block6
                block6:
                    return
                """)).isEqualTo(List.of(0, 4, 5, 6, 1, 2, 3));
    }
}
