package dev.mayfly.compiler.ssa;

/**
 * Checks that a function keeps the rules of the representation: blocks end with their only terminator, edges have an
 * argument of the right type for every parameter, arguments have the types that the opcode asks for and are defined on
 * every path to their use. For tests and for finding compiler bugs: what it throws is one.
 */
public final class Verifier {

    private final Function function;
    private final Values values;
    private final Instructions instructions;
    private final Blocks blocks;
    private final Edges edges;
    private final DominatorTree dominators;
    private final int[] placeInBlock;
    private final boolean[] knownToTarget;
    private final boolean[] isListed;

    private Verifier(Function function) {
        this.function = function;
        this.values = function.values();
        this.instructions = function.instructions();
        this.blocks = function.blocks();
        this.edges = function.edges();
        this.dominators = new DominatorTree(function);
        this.placeInBlock = new int[instructions.count()];
        this.knownToTarget = new boolean[edges.count()];
        this.isListed = new boolean[values.count()];
    }

    /**
     * Checks a function.
     *
     * @throws IllegalStateException if a rule is broken; the message says where
     */
    public static void verify(Function function) {
        new Verifier(function).verify();
    }

    private void verify() {
        check(blocks.ordered() > 0 && blocks.inOrder(0) == Function.ENTRY, "the entry comes first", "order");
        check(blocks.predecessorCount(Function.ENTRY) == 0, "nothing leads to the entry", "order");
        for (int i = 0; i < blocks.ordered(); i++) {
            collectHead(blocks.inOrder(i));
            numberInstructions(blocks.inOrder(i));
        }
        for (int i = 0; i < blocks.ordered(); i++) {
            int block = blocks.inOrder(i);
            verifyInstructions(block);
            verifyEdges(block);
        }
    }

    private void collectHead(int block) {
        for (int i = 0; i < blocks.predecessorCount(block); i++) {
            int edge = blocks.predecessor(block, i);
            check(edges.target(edge) == block, "an edge knows its target", "block" + block);
            knownToTarget[edge] = true;
        }
        for (int i = 0; i < blocks.parameterCount(block); i++) {
            int parameter = blocks.parameter(block, i);
            check(values.parameterBlock(parameter) == block, "a parameter knows its block", "v" + parameter);
            isListed[parameter] = true;
        }
    }

    private void numberInstructions(int block) {
        int place = 0;
        int previous = Instructions.NONE;
        for (int i = blocks.firstInstruction(block); i != Instructions.NONE; i = instructions.next(i)) {
            placeInBlock[i] = ++place;
            check(instructions.block(i) == block, "instructions know their block", "block" + block);
            check(instructions.previous(i) == previous, "instructions are linked both ways", "block" + block);
            previous = i;
        }
        check(previous == blocks.lastInstruction(block), "the last instruction is known", "block" + block);
        check(
                previous != Instructions.NONE && instructions.opcode(previous).isTerminator(),
                "a block ends with a terminator",
                "block" + block);
    }

    private void verifyInstructions(int block) {
        int last = blocks.lastInstruction(block);
        for (int i = blocks.firstInstruction(block); i != Instructions.NONE; i = instructions.next(i)) {
            check(i == last || !instructions.opcode(i).isTerminator(), "a terminator is the last", describe(i));
            InstructionTypes.check(function, i);
            for (int a = 0; a < instructions.argumentCount(i); a++) {
                verifyUse(instructions.argument(i, a), block, placeInBlock[i], describe(i));
            }
        }
    }

    private void verifyEdges(int block) {
        int last = blocks.lastInstruction(block);
        int successors = blocks.successorCount(block);
        boolean right =
                switch (instructions.opcode(last)) {
                    case JUMP -> successors == 1;
                    case BRANCH -> successors == 2;
                    case SWITCH -> successors >= 1;
                    default -> successors == 0;
                };
        check(right, "a terminator has its edges", describe(last));
        for (int i = 0; i < successors; i++) {
            int edge = blocks.successor(block, i);
            check(edges.source(edge) == block, "an edge knows its source", describe(last));
            check(knownToTarget[edge], "an edge is known to its target", describe(last));
            verifyEdgeArguments(edge, last);
        }
    }

    private void verifyEdgeArguments(int edge, int terminator) {
        int target = edges.target(edge);
        check(
                edges.argumentCount(edge) == blocks.parameterCount(target),
                "an edge has an argument for every parameter",
                describe(terminator));
        for (int i = 0; i < edges.argumentCount(edge); i++) {
            int argument = edges.argument(edge, i);
            check(
                    values.type(argument) == values.type(blocks.parameter(target, i)),
                    "an edge's arguments have the parameters' types",
                    describe(terminator));
            verifyUse(argument, edges.source(edge), placeInBlock[terminator], describe(terminator));
        }
    }

    private void verifyUse(int value, int block, int place, String where) {
        if (!dominators.isReachable(block)) {
            return;
        }
        if (values.isParameter(value)) {
            int defined = values.parameterBlock(value);
            check(isListed[value], "v" + value + " is a parameter of its block", where);
            check(dominators.dominates(defined, block), "v" + value + " is defined before its use", where);
            return;
        }
        int definition = values.instruction(value);
        int defined = instructions.block(definition);
        check(defined != Blocks.NONE, "v" + value + " stems from an instruction that exists", where);
        boolean before = defined == block
                ? placeInBlock[definition] < place
                : dominators.isReachable(defined) && dominators.dominates(defined, block);
        check(before, "v" + value + " is defined before its use", where);
    }

    private String describe(int instruction) {
        return "block" + instructions.block(instruction) + ", instruction " + placeInBlock[instruction] + ", "
                + instructions.opcode(instruction);
    }

    private void check(boolean holds, String rule, String where) {
        if (!holds) {
            throw new IllegalStateException("broken: " + rule + "; " + function.name() + ", " + where);
        }
    }
}
