package dev.mayfly.compiler.passes;

import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.DominatorTree;
import dev.mayfly.compiler.ssa.Edges;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Instructions;
import dev.mayfly.compiler.ssa.Opcode;
import dev.mayfly.compiler.ssa.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Removes what reads linear memory, a global or a table's size where the answer is known: an equal instruction that
 * dominates it has read it, or one that wrote all of it, and nothing that may change it lies between. For that, what can
 * change has a version: a number that is another one behind every change, and at the start of a block to which paths with
 * different ones lead. Equal instructions at equal versions read the same.
 *
 * <p>A load that goes would not trap: the one that stays has not, and memory never shrinks.
 */
final class RedundantLoads implements Pass {

    @Override
    public void run(Function function) {
        new Run(function).run();
    }

    /** What can change: linear memory, its size, tables and their sizes, and each of the first few globals. */
    private static final class State {

        static final int MEMORY = 0;
        static final int SIZES = 1;
        static final int FIRST_GLOBAL = 2;

        /** Globals beyond share one version. Few modules have more than two that change. */
        static final int GLOBALS = 6;

        static int ofGlobal(long index) {
            return FIRST_GLOBAL + (int) Math.min(index, GLOBALS - 1);
        }

        private State() {}
    }

    private record Read(Opcode opcode, Type type, long immediate, int address, int version) {}

    private static final class Run {

        private static final int PARTS = State.FIRST_GLOBAL + State.GLOBALS;

        private final Function function;
        private final Blocks blocks;
        private final Edges edges;
        private final Instructions instructions;
        private final DominatorTree dominators;
        private final Substitution substitution;
        private final Map<Read, Integer> known = new HashMap<>();

        /** By block, and part of the state, the version at the block's end; 0 where it is not known yet. */
        private final int[] versionsAtEnd;

        private final int[] versions = new int[PARTS];
        private int lastVersion;

        Run(Function function) {
            this.function = function;
            this.blocks = function.blocks();
            this.edges = function.edges();
            this.instructions = function.instructions();
            this.dominators = new DominatorTree(function);
            this.substitution = new Substitution(function);
            this.versionsAtEnd = new int[blocks.count() * PARTS];
        }

        void run() {
            for (int block : dominators.reversePostorder()) {
                enter(block);
                int instruction = blocks.firstInstruction(block);
                while (instruction != Instructions.NONE) {
                    int next = instructions.next(instruction);
                    substitution.applyToArguments(instructions, instruction);
                    visit(instruction, block);
                    instruction = next;
                }
                System.arraycopy(versions, 0, versionsAtEnd, block * PARTS, PARTS);
            }
            substitution.apply(function);
        }

        private void enter(int block) {
            for (int part = 0; part < PARTS; part++) {
                versions[part] = versionAtStart(block, part);
            }
        }

        /** The version that all paths agree on, or a new one. A path around a loop may bring any. */
        private int versionAtStart(int block, int part) {
            int agreed = 0;
            for (int i = 0; i < blocks.predecessorCount(block); i++) {
                int source = edges.source(blocks.predecessor(block, i));
                if (dominators.isReachable(source)) {
                    int version = versionsAtEnd[source * PARTS + part];
                    if (version == 0 || (agreed != 0 && version != agreed)) {
                        return ++lastVersion;
                    }
                    agreed = version;
                }
            }
            return agreed == 0 ? ++lastVersion : agreed;
        }

        private void visit(int instruction, int block) {
            Opcode opcode = instructions.opcode(instruction);
            switch (opcode) {
                case LOAD, LOAD8_S, LOAD8_U, LOAD16_S, LOAD16_U, LOAD32_S, LOAD32_U ->
                    read(instruction, block, instructions.argument(instruction, 0), State.MEMORY);
                case GLOBAL_GET -> read(instruction, block, 0, State.ofGlobal(instructions.immediate(instruction)));
                case MEMORY_BYTES, TABLE_SIZE -> read(instruction, block, 0, State.SIZES);
                case STORE -> {
                    change(State.MEMORY);
                    int stored = instructions.argument(instruction, 1);
                    know(Opcode.LOAD, instruction, stored, instructions.argument(instruction, 0), State.MEMORY);
                }
                case STORE8, STORE16, STORE32 -> change(State.MEMORY);
                case GLOBAL_SET -> {
                    int part = State.ofGlobal(instructions.immediate(instruction));
                    change(part);
                    know(Opcode.GLOBAL_GET, instruction, instructions.argument(instruction, 0), 0, part);
                }
                case BUILTIN -> {
                    change(State.MEMORY);
                    change(State.SIZES);
                }
                default -> {
                    if (opcode.isCall()) {
                        Arrays.setAll(versions, part -> ++lastVersion);
                    }
                }
            }
        }

        private void change(int part) {
            versions[part] = ++lastVersion;
        }

        private void know(Opcode opcode, int instruction, int value, int address, int part) {
            known.put(read(opcode, instruction, value, address, part), value);
        }

        private Read read(Opcode opcode, int instruction, int value, int address, int part) {
            return new Read(
                    opcode,
                    function.values().type(value),
                    instructions.immediate(instruction),
                    address,
                    versions[part]);
        }

        private void read(int instruction, int block, int address, int part) {
            int result = instructions.result(instruction);
            Read read = read(instructions.opcode(instruction), instruction, result, address, part);
            Integer before = known.get(read);
            if (before != null && isKnownIn(block, before)) {
                substitution.replace(result, before);
                function.remove(instruction);
            } else {
                known.put(read, result);
            }
        }

        private boolean isKnownIn(int block, int value) {
            int definition = function.values().isParameter(value)
                    ? function.values().parameterBlock(value)
                    : instructions.block(function.values().instruction(value));
            return dominators.dominates(definition, block);
        }
    }
}
