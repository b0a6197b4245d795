package dev.mayfly.compiler.frontend;

import dev.mayfly.abi.TrapCode;
import dev.mayfly.compiler.frontend.ControlFrame.Kind;
import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.FunctionBuilder;
import dev.mayfly.compiler.ssa.Type;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.BlockType;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Opcode;
import java.util.ArrayList;
import java.util.List;

/**
 * Translates control instructions (core specification 2.0, section 4.4.8) and knows whether control can reach the current
 * one. Code that it cannot reach is not translated; only the nesting of its blocks is followed.
 */
final class ControlTranslator implements Translator {

    private final ModuleEnvironment environment;
    private final FunctionBuilder builder;
    private final Function function;
    private final Operands operands;
    private final Variables variables;
    private final InstructionReader instructions;
    private final List<ControlFrame> frames = new ArrayList<>();
    private boolean reachable = true;
    private int unreachableDepth;

    ControlTranslator(Body body) {
        this.environment = body.environment();
        this.builder = body.builder();
        this.function = body.builder().function();
        this.operands = body.operands();
        this.variables = body.variables();
        this.instructions = body.instructions();
        open(Kind.BLOCK, List.of(), function.results());
    }

    boolean isReachable() {
        return reachable;
    }

    /** Follows the nesting of code that control cannot reach. */
    void skip(Opcode opcode) throws ModuleLimitException {
        switch (opcode) {
            case BLOCK, LOOP, IF -> unreachableDepth++;
            case ELSE -> {
                if (unreachableDepth == 0) {
                    otherwise();
                }
            }
            case END -> {
                if (unreachableDepth == 0) {
                    end();
                } else {
                    unreachableDepth--;
                }
            }
            default -> {}
        }
    }

    @Override
    public void translate(Opcode opcode) throws ModuleException {
        switch (opcode) {
            case UNREACHABLE -> {
                builder.trap(TrapCode.UNREACHABLE);
                reachable = false;
            }
            case NOP -> {}
            case BLOCK -> open(Kind.BLOCK);
            case LOOP -> loop();
            case IF -> branchInto();
            case ELSE -> otherwise();
            case END -> end();
            case BR -> branch(frame(instructions.index()));
            case BR_IF -> branchIf(frame(instructions.index()));
            case BR_TABLE -> branchTable();
            case RETURN -> returnResults();
            default -> throw new IllegalStateException("no translation of " + opcode);
        }
    }

    private ControlFrame open(Kind kind) throws ModuleException {
        BlockType type = instructions.blockType();
        if (type.typeIndex() >= 0) {
            Signature signature = environment.type(type.typeIndex());
            return open(kind, signature.parameters(), signature.results());
        }
        ValueType result = type.result();
        List<Type> results = result == null ? List.of() : List.of(Signature.typeOf(result, instructions.offset()));
        return open(kind, List.of(), results);
    }

    private ControlFrame open(Kind kind, List<Type> parameters, List<Type> results) {
        int height = operands.height() - parameters.size();
        ControlFrame frame = new ControlFrame(kind, parameters, results, height, builder.block(), variables.now());
        frames.add(frame);
        return frame;
    }

    private void loop() throws ModuleException {
        ControlFrame frame = open(Kind.LOOP);
        frame.label = createBlock(frame.parameters);
        builder.jump(frame.label, operands.pop(frame.parameters.size()));
        variables.keepOpen(frame.label);
        continueIn(frame.label);
        pushParameters(frame.label, frame.parameters.size());
    }

    private void branchInto() throws ModuleException {
        int condition = operands.pop();
        ControlFrame frame = open(Kind.IF);
        frame.arguments = operands.top(frame.parameters.size());
        int then = function.createDetachedBlock();
        int otherwise = function.createDetachedBlock();
        builder.branch(condition);
        builder.edge(then);
        frame.otherwise = builder.edge(otherwise);
        continueIn(then);
    }

    private void otherwise() throws ModuleLimitException {
        ControlFrame frame = frames.getLast();
        if (reachable) {
            leave(frame);
        }
        int block = function.edges().target(frame.otherwise);
        frame.otherwise = -1;
        operands.truncate(frame.height);
        operands.push(frame.arguments);
        reachable = true;
        continueIn(block);
    }

    private void end() throws ModuleLimitException {
        ControlFrame frame = frames.removeLast();
        if (frame.kind == Kind.LOOP) {
            variables.seal(frame.label, frame.before, frame.begun);
        } else {
            endForward(frame);
        }
        if (frames.isEmpty() && reachable) {
            builder.returnValues(operands.pop(frame.results.size()));
            reachable = false;
        }
    }

    /** Where nobody branched to the end, what follows belongs to the same block. */
    private void endForward(ControlFrame frame) throws ModuleLimitException {
        if (frame.otherwise >= 0) {
            skipElse(frame);
        }
        if (frame.label == Blocks.NONE) {
            return;
        }
        if (reachable) {
            leave(frame);
        }
        variables.seal(frame.label, frame.before, frame.begun);
        operands.truncate(frame.height);
        reachable = true;
        continueIn(frame.label);
        pushParameters(frame.label, frame.results.size());
    }

    /** An if without else: its parameters are its results. */
    private void skipElse(ControlFrame frame) {
        int edge = frame.otherwise;
        function.retarget(edge, label(frame));
        for (int argument : frame.arguments) {
            function.edges().addArgument(edge, argument);
        }
    }

    private void branch(ControlFrame frame) {
        builder.jump(label(frame), operands.pop(frame.labelTypes().size()));
        reachable = false;
    }

    private void branchIf(ControlFrame frame) {
        int condition = operands.pop();
        int next = function.createDetachedBlock();
        builder.branch(condition);
        builder.edge(label(frame), operands.top(frame.labelTypes().size()));
        builder.edge(next);
        continueIn(next);
    }

    private void branchTable() {
        int index = operands.pop();
        ControlFrame otherwise = frame(instructions.index());
        if (instructions.labelCount() == 0) {
            branch(otherwise);
            return;
        }
        int[] arguments = operands.pop(otherwise.labelTypes().size());
        builder.switchOn(index);
        for (int i = 0; i < instructions.labelCount(); i++) {
            builder.edge(label(frame(instructions.label(i))), arguments);
        }
        builder.edge(label(otherwise), arguments);
        reachable = false;
    }

    private void returnResults() {
        builder.returnValues(operands.pop(function.results().size()));
        reachable = false;
    }

    /** Goes to the end of a construct with its results. */
    private void leave(ControlFrame frame) {
        builder.jump(label(frame), operands.pop(frame.results.size()));
        reachable = false;
    }

    private ControlFrame frame(int label) {
        return frames.get(frames.size() - 1 - label);
    }

    /** Where a branch to a construct goes. */
    private int label(ControlFrame frame) {
        if (frame.label == Blocks.NONE) {
            frame.label = createBlock(frame.results);
        }
        return frame.label;
    }

    private int createBlock(List<Type> parameters) {
        int block = function.createDetachedBlock();
        for (Type parameter : parameters) {
            function.addParameter(block, parameter);
        }
        return block;
    }

    private void continueIn(int block) {
        function.attachBlock(block);
        builder.continueIn(block);
    }

    private void pushParameters(int block, int count) {
        for (int i = 0; i < count; i++) {
            operands.push(function.blocks().parameter(block, i));
        }
    }
}
