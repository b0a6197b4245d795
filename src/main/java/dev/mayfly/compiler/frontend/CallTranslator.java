package dev.mayfly.compiler.frontend;

import static dev.mayfly.compiler.ssa.Opcode.CALL;
import static dev.mayfly.compiler.ssa.Opcode.CALL_INDIRECT;
import static dev.mayfly.compiler.ssa.Opcode.REFERENCE_CODE;
import static dev.mayfly.compiler.ssa.Opcode.REFERENCE_TYPE;

import dev.mayfly.abi.TrapCode;
import dev.mayfly.compiler.ssa.FunctionBuilder;
import dev.mayfly.compiler.ssa.IntCondition;
import dev.mayfly.compiler.ssa.Type;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Opcode;

/** Translates calls (core specification 2.0, section 4.4.8). */
final class CallTranslator implements Translator {

    private final ModuleEnvironment environment;
    private final FunctionBuilder builder;
    private final Operands operands;
    private final InstructionReader instructions;
    private final TableTranslator tables;

    CallTranslator(Body body, TableTranslator tables) {
        this.environment = body.environment();
        this.builder = body.builder();
        this.operands = body.operands();
        this.instructions = body.instructions();
        this.tables = tables;
    }

    @Override
    public void translate(Opcode opcode) {
        if (opcode == Opcode.CALL) {
            call(instructions.index());
        } else {
            callIndirect(environment.type(instructions.index()), instructions.secondIndex());
        }
    }

    private void call(int function) {
        Signature signature = environment.function(function);
        int[] arguments = operands.pop(signature.parameters().size());
        pushResults(builder.append(CALL, function, 0, arguments), signature);
    }

    private void callIndirect(Signature signature, int table) {
        int reference = tables.element(table, operands.pop());
        int none = builder.constant(Type.I64, 0);
        builder.trapIf(builder.compare(IntCondition.EQ, reference, none), TrapCode.INDIRECT_CALL_TO_NULL);
        int type = builder.convert(REFERENCE_TYPE, Type.I32, reference);
        int expected = builder.constant(Type.I32, signature.number());
        builder.trapIf(builder.compare(IntCondition.NE, type, expected), TrapCode.INDIRECT_CALL_TYPE_MISMATCH);

        int count = signature.parameters().size();
        int[] arguments = new int[1 + count];
        arguments[0] = builder.convert(REFERENCE_CODE, Type.I64, reference);
        System.arraycopy(operands.pop(count), 0, arguments, 1, count);
        pushResults(builder.append(CALL_INDIRECT, 0, 0, arguments), signature);
    }

    private void pushResults(int call, Signature signature) {
        for (Type result : signature.results()) {
            operands.push(builder.function().addResult(call, result));
        }
    }
}
