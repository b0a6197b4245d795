package dev.mayfly.compiler.x64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.compiler.regalloc.Block;
import dev.mayfly.compiler.regalloc.Instruction;
import dev.mayfly.compiler.regalloc.Role;
import dev.mayfly.compiler.ssa.FunctionParser;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoweringTest {

    /** The allocator puts the moves on an edge before it. */
    @Test
    void theEndOfABlockWithOneSuccessorWritesNoRegister() throws Exception {
        MachineFunction machine = Lowering.lower(FunctionParser.parse("""
                function f -> i64
                block0(v0:i32, v1:i64):
                    switch v0, block1(v1), block1(v1), block1(v1)
                block1(v2:i64):
                    return v2
                """), CpuFeatures.BASELINE);
        for (Block block : machine.blocks()) {
            if (block.successors().length == 1) {
                Instruction last = block.instructions().getLast();
                assertThat(IntStream.range(0, last.operandCount()))
                        .as(last.toString())
                        .allMatch(operand -> last.role(operand) == Role.USE);
            }
        }
    }
}
