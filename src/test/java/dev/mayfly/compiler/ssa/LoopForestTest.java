package dev.mayfly.compiler.ssa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoopForestTest {

    /** Two loops in one; a block that cannot be reached leads into it. */
    private static final Function NESTED = FunctionParser.parse("""
            function f
            block0(v0:i32):
                jump block1
            block1:
                branch v0, block2, block6
            block2:
                branch v0, block3, block4
            block3:
                branch v0, block2, block5
            block4:
                branch v0, block4, block5
            block5:
                jump block1
            block6:
                return
            block7:
                jump block3
            """);

    private final DominatorTree dominators = new DominatorTree(NESTED);
    private final LoopForest loops = new LoopForest(NESTED, dominators);

    @Test
    void everyBlockKnowsTheLoopsAroundIt() {
        assertThat(IntStream.range(0, 7).map(loops::depth)).containsExactly(0, 1, 2, 2, 2, 1, 0);
        assertThat(loops.enclosing(3)).isEqualTo(2);
        assertThat(loops.enclosing(2)).isEqualTo(1);
        assertThat(loops.enclosing(5)).isEqualTo(1);
        assertThat(loops.enclosing(1)).isEqualTo(Blocks.NONE);
        assertThat(loops.isHeader(4)).isTrue();
        assertThat(loops.isHeader(5)).isFalse();
    }

    @Test
    void aBlockDominatesWhatIsOnlyReachedThroughIt() {
        assertThat(dominators.immediateDominator(5)).isEqualTo(2);
        assertThat(dominators.immediateDominator(6)).isEqualTo(1);
        assertThat(dominators.dominates(1, 6)).isTrue();
        assertThat(dominators.dominates(3, 5)).isFalse();
        assertThat(dominators.dominates(4, 4)).isTrue();
        assertThat(dominators.dominates(5, 2)).isFalse();
        assertThat(dominators.isReachable(7)).isFalse();
    }
}
