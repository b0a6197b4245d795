package dev.mayfly.compiler.frontend;

import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.Edges;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Opcode;
import dev.mayfly.compiler.ssa.Type;
import dev.mayfly.compiler.ssa.Values;
import dev.mayfly.wasm.ModuleLimitException;
import java.util.Arrays;

/**
 * Turns local variables into values while blocks are made, by the algorithm of Braun and others ("Simple and Efficient
 * Construction of Static Single Assignment Form", 2013): a block that several edges lead to gets a parameter for a
 * variable when somebody asks for the variable there. While more edges may come, the block is not sealed, and the
 * arguments for its parameters wait until it is.
 *
 * <p>Control being structured, much of that can be spared: where a block, loop or if has ended, variables that were not
 * assigned while it was open have the value that they had before it, and no parameter is needed. Parameters that turn
 * out to have one value only are left to a pass. Nothing here is recursive, since the nesting is the module's choice.
 */
final class Variables {

    private final Function function;
    private final Blocks blocks;
    private final Edges edges;
    private final Type[] types;
    private final int parameters;
    private final DefinitionTable definitions = new DefinitionTable();
    private final AssignmentHistory history;
    private final Constructs constructs = new Constructs();
    private final Merges pending = new Merges();
    private final int[] zeros = new int[Type.values().length];
    private final int limit;
    private final long bodyOffset;
    private long arguments;
    private long lookups;

    /**
     * Makes the variables of a function.
     *
     * @param types of all, the function's parameters first
     * @param limit how many arguments variables may need on edges
     * @param bodyOffset of the body, for errors
     */
    Variables(Function function, Type[] types, int limit, long bodyOffset) {
        this.function = function;
        this.blocks = function.blocks();
        this.edges = function.edges();
        this.types = types.clone();
        this.parameters = blocks.parameterCount(Function.ENTRY);
        this.history = new AssignmentHistory(types.length);
        this.limit = limit;
        this.bodyOffset = bodyOffset;
        Arrays.fill(zeros, Values.NONE);
    }

    void assign(int block, int variable, int value) {
        history.assigned(variable);
        definitions.put(block, variable, value);
    }

    /** The value that a variable has at the end of what there is of a block. */
    int use(int block, int variable) throws ModuleLimitException {
        int value = find(block, variable);
        fillPending();
        return value;
    }

    /** How many assignments there were so far: the time at which a construct begins. */
    int now() {
        return history.now();
    }

    /** More edges than there are now will lead to a loop's header. */
    void keepOpen(int header) {
        constructs.open(header);
    }

    /**
     * No more edges will lead to a block that begins or ends a construct.
     *
     * @param before the block in which the construct begins
     * @param begun the time at which it began
     */
    void seal(int block, int before, int begun) throws ModuleLimitException {
        constructs.close(block, before, begun, history.now());
        if (blocks.predecessorCount(block) > 0) {
            reserveArguments(block);
        }
        constructs.release(block, pending);
        fillPending();
    }

    private int find(int block, int variable) throws ModuleLimitException {
        int at = block;
        int value = definitions.get(at, variable);
        while (value == Values.NONE) {
            countLookup();
            if (constructs.isOpen(at)) {
                constructs.await(at, variable, blocks.parameterCount(at));
                value = addParameter(at, variable);
            } else if (at == Function.ENTRY) {
                value = initial(variable);
            } else if (isUntouched(at, variable)) {
                at = constructs.before(at);
                value = definitions.get(at, variable);
            } else if (blocks.predecessorCount(at) == 1) {
                at = edges.source(blocks.predecessor(at, 0));
                value = definitions.get(at, variable);
            } else {
                pending.add(at, variable, blocks.parameterCount(at));
                value = addParameter(at, variable);
                reserveArguments(at);
            }
        }
        // For the next one that asks here.
        if (at != block) {
            definitions.put(block, variable, value);
        }
        return value;
    }

    private void countLookup() throws ModuleLimitException {
        if (++lookups > Frontend.LOCAL_LOOKUPS) {
            throw new ModuleLimitException("localLookups", Frontend.LOCAL_LOOKUPS, lookups, bodyOffset);
        }
    }

    /** Whether the construct that a block begins or ends leaves a variable as it was. */
    private boolean isUntouched(int block, int variable) {
        return constructs.before(block) != Blocks.NONE
                && !history.wasAssigned(variable, constructs.begun(block), constructs.ended(block));
    }

    private int addParameter(int block, int variable) {
        int value = function.addParameter(block, types[variable]);
        definitions.put(block, variable, value);
        return value;
    }

    /** Makes room for arguments on all edges to a block. */
    private void reserveArguments(int block) throws ModuleLimitException {
        int count = blocks.parameterCount(block);
        for (int i = 0; i < blocks.predecessorCount(block); i++) {
            int edge = blocks.predecessor(block, i);
            while (edges.argumentCount(edge) < count) {
                edges.addArgument(edge, Values.NONE);
                arguments++;
            }
        }
        if (arguments > limit) {
            throw new ModuleLimitException("blockArguments", limit, arguments, bodyOffset);
        }
    }

    private void fillPending() throws ModuleLimitException {
        while (!pending.isEmpty()) {
            int block = pending.block();
            int variable = pending.variable();
            int place = pending.place();
            pending.remove();
            for (int i = 0; i < blocks.predecessorCount(block); i++) {
                int edge = blocks.predecessor(block, i);
                edges.setArgument(edge, place, find(edges.source(edge), variable));
            }
        }
    }

    private int initial(int variable) {
        int value = variable < parameters ? blocks.parameter(Function.ENTRY, variable) : zero(types[variable]);
        definitions.put(Function.ENTRY, variable, value);
        return value;
    }

    private int zero(Type type) {
        int number = type.ordinal();
        if (zeros[number] == Values.NONE) {
            int constant = function.createInstruction(Opcode.CONST, 0, 0, (int) bodyOffset);
            function.prepend(Function.ENTRY, constant);
            zeros[number] = function.addResult(constant, type);
        }
        return zeros[number];
    }
}
