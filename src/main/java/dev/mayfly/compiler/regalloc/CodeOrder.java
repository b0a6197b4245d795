package dev.mayfly.compiler.regalloc;

import java.util.List;

/**
 * A function's instructions numbered in the order of the code, and positions: instruction i is early at position 2i and
 * late at 2i + 1. A block covers the positions from that of its first instruction up to, not including, that of the
 * next block's.
 */
final class CodeOrder {

    private final List<? extends Block> blocks;
    private final Instruction[] instructions;
    private final int[] firstInstruction;
    private final int[] blockOf;
    private final int[][] predecessors;

    CodeOrder(Function function) {
        blocks = function.blocks();
        firstInstruction = new int[blocks.size() + 1];
        for (int block = 0; block < blocks.size(); block++) {
            firstInstruction[block + 1] =
                    firstInstruction[block] + blocks.get(block).instructions().size();
        }
        instructions = new Instruction[firstInstruction[blocks.size()]];
        blockOf = new int[instructions.length];
        for (int block = 0; block < blocks.size(); block++) {
            int index = firstInstruction[block];
            for (Instruction instruction : blocks.get(block).instructions()) {
                instructions[index] = instruction;
                blockOf[index++] = block;
            }
        }
        predecessors = predecessors(blocks);
    }

    private static int[][] predecessors(List<? extends Block> blocks) {
        int[] counts = new int[blocks.size()];
        for (Block block : blocks) {
            for (int successor : block.successors()) {
                counts[successor]++;
            }
        }
        int[][] predecessors = new int[blocks.size()][];
        for (int block = 0; block < predecessors.length; block++) {
            predecessors[block] = new int[counts[block]];
        }
        for (int block = predecessors.length - 1; block >= 0; block--) {
            for (int successor : blocks.get(block).successors()) {
                predecessors[successor][--counts[successor]] = block;
            }
        }
        return predecessors;
    }

    int blockCount() {
        return blocks.size();
    }

    Block block(int block) {
        return blocks.get(block);
    }

    int instructionCount() {
        return instructions.length;
    }

    Instruction instruction(int index) {
        return instructions[index];
    }

    int firstInstruction(int block) {
        return firstInstruction[block];
    }

    int lastInstruction(int block) {
        return firstInstruction[block + 1] - 1;
    }

    /** The block's first position. */
    int start(int block) {
        return 2 * firstInstruction[block];
    }

    /** One more than the block's last position. */
    int end(int block) {
        return 2 * firstInstruction[block + 1];
    }

    int blockAt(int position) {
        return blockOf[Math.min(position >> 1, blockOf.length - 1)];
    }

    boolean isBlockStart(int position) {
        return position == start(blockAt(position));
    }

    int loopDepthAt(int position) {
        return blocks.get(blockAt(position)).loopDepth();
    }

    int[] predecessors(int block) {
        return predecessors[block];
    }
}
