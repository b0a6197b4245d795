package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.ConstantExpression;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Opcode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Validates constant expressions (core specification 2.0, section 3.3.10). All constant instructions of this version
 * take nothing and leave one value, so a valid expression is exactly one of them.
 */
record ConstantExpressions(ModuleContext module) {

    /** A constant with its type. */
    private record Typed(ConstantExpression value, ValueType type) {}

    /** Reads an expression that must leave a value of a type. */
    ConstantExpression read(InstructionReader instructions, ValueType expected) throws IOException, ModuleException {
        Typed result = null;
        int values = 0;
        for (Opcode opcode = instructions.next(); opcode != Opcode.END; opcode = instructions.next()) {
            Typed constant = constant(opcode, instructions);
            result = constant;
            values++;
        }
        return check(result, values, expected, instructions.offset());
    }

    private static ConstantExpression check(@Nullable Typed result, int values, ValueType expected, long offset)
            throws InvalidModuleException {
        if (result == null || values > 1) {
            throw new InvalidModuleException(
                    "type mismatch: expected one " + expected + " but got " + values + " values", offset);
        }
        if (result.type() != expected) {
            throw new InvalidModuleException(
                    "type mismatch: expected " + expected + " but got " + result.type(), offset);
        }
        return result.value();
    }

    private Typed constant(Opcode opcode, InstructionReader in) throws InvalidModuleException {
        return switch (opcode) {
            case I32_CONST -> new Typed(new ConstantExpression.I32((int) in.constant()), ValueType.I32);
            case I64_CONST -> new Typed(new ConstantExpression.I64(in.constant()), ValueType.I64);
            case F32_CONST -> new Typed(new ConstantExpression.F32((int) in.constant()), ValueType.F32);
            case F64_CONST -> new Typed(new ConstantExpression.F64(in.constant()), ValueType.F64);
            case V128_CONST -> new Typed(new ConstantExpression.V128(in.constant(), in.constantHigh()), ValueType.V128);
            case REF_NULL -> new Typed(new ConstantExpression.NullReference(in.referenceType()), in.referenceType());
            case REF_FUNC -> function(in.index(), in.offset());
            case GLOBAL_GET -> global(in.index(), in.offset());
            default -> throw new InvalidModuleException("constant expression required", in.offset());
        };
    }

    private Typed function(int function, long offset) throws InvalidModuleException {
        module.checkFunction(function, offset);
        module.declare(function);
        return new Typed(new ConstantExpression.FunctionReference(function), ValueType.FUNCREF);
    }

    private Typed global(int index, long offset) throws InvalidModuleException {
        ExternalType.Global global = module.importedGlobal(index, offset);
        if (global.mutable()) {
            throw new InvalidModuleException("constant expression required: the global is mutable", offset);
        }
        return new Typed(new ConstantExpression.GlobalValue(index), global.valueType());
    }
}
