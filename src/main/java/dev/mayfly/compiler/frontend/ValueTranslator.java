package dev.mayfly.compiler.frontend;

import static dev.mayfly.compiler.ssa.Opcode.FUNCTION_REFERENCE;
import static dev.mayfly.compiler.ssa.Opcode.GLOBAL_GET;
import static dev.mayfly.compiler.ssa.Opcode.GLOBAL_SET;

import dev.mayfly.compiler.ssa.FunctionBuilder;
import dev.mayfly.compiler.ssa.IntCondition;
import dev.mayfly.compiler.ssa.Type;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Opcode;

/** Translates parametric, variable and reference instructions (core specification 2.0, sections 4.4.2, 4.4.4 and 4.4.5). */
final class ValueTranslator implements Translator {

    private final ModuleEnvironment environment;
    private final FunctionBuilder builder;
    private final Operands operands;
    private final Variables variables;
    private final InstructionReader instructions;

    ValueTranslator(Body body) {
        this.environment = body.environment();
        this.builder = body.builder();
        this.operands = body.operands();
        this.variables = body.variables();
        this.instructions = body.instructions();
    }

    @Override
    public void translate(Opcode opcode) throws ModuleLimitException {
        int index = instructions.index();
        switch (opcode) {
            case DROP -> operands.pop();
            case SELECT, SELECT_TYPED -> select();
            case LOCAL_GET -> operands.push(variables.use(builder.block(), index));
            case LOCAL_SET -> variables.assign(builder.block(), index, operands.pop());
            case LOCAL_TEE -> variables.assign(builder.block(), index, operands.peek(0));
            case GLOBAL_GET -> operands.push(builder.value(environment.global(index), GLOBAL_GET, index, 0));
            case GLOBAL_SET -> builder.append(GLOBAL_SET, index, 0, operands.pop());
            case REF_NULL -> operands.push(builder.constant(Type.I64, 0));
            case REF_IS_NULL ->
                operands.push(builder.compare(IntCondition.EQ, operands.pop(), builder.constant(Type.I64, 0)));
            case REF_FUNC -> operands.push(builder.value(Type.I64, FUNCTION_REFERENCE, index, 0));
            default -> throw new IllegalStateException("no translation of " + opcode);
        }
    }

    private void select() {
        int condition = operands.pop();
        int otherwise = operands.pop();
        int then = operands.pop();
        operands.push(builder.select(condition, then, otherwise));
    }
}
