package dev.mayfly.compiler.x64;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodeLayoutTest {

    private final List<MachineBlock> blocks = new ArrayList<>();

    @Test
    void aLoopThatAsksAtItsHeadAsksAtItsEndInstead() {
        block(0, 1);
        block(1, 2, 4);
        block(1, 3);
        block(1, 1);
        block(0);

        assertThat(layout()).containsExactly(0, 2, 3, 1, 4);
    }

    @Test
    void aLoopThatAsksAtItsEndStaysAsItIs() {
        block(0, 1);
        block(1, 2, 4);
        block(1, 1, 3);
        block(0);
        block(0);

        assertThat(layout()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void movesOnTheWayBackComeBeforeTheHeadAndThoseOnTheWayOutBehindTheLoop() {
        block(0, 1);
        block(1, 2, 3);
        block(0, 5);
        block(1, 4, 5);
        block(1, 1);
        block(0);

        assertThat(layout()).containsExactly(0, 4, 1, 3, 2, 5);
    }

    @Test
    void anInnerLoopIsNotTornApartByTheOuterOne() {
        block(0, 1);
        block(1, 2, 6);
        block(2, 3, 5);
        block(2, 4);
        block(2, 2);
        block(1, 1);
        block(0);

        assertThat(layout()).containsExactly(0, 3, 4, 2, 5, 1, 6);
    }

    @Test
    void aLoopWithoutAWayOutStaysAsItIs() {
        block(0, 1);
        block(1, 2, 3);
        block(1, 3);
        block(1, 1);

        assertThat(layout()).containsExactly(0, 1, 2, 3);
    }

    private void block(int depth, int... successors) {
        MachineBlock block = new MachineBlock(depth);
        block.setSuccessors(successors);
        blocks.add(block);
    }

    private int[] layout() {
        return CodeLayout.of(blocks, block -> block);
    }
}
