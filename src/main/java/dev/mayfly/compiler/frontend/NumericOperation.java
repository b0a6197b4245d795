package dev.mayfly.compiler.frontend;

import static dev.mayfly.compiler.ssa.Opcode.ADD;
import static dev.mayfly.compiler.ssa.Opcode.AND;
import static dev.mayfly.compiler.ssa.Opcode.BITCAST;
import static dev.mayfly.compiler.ssa.Opcode.CLZ;
import static dev.mayfly.compiler.ssa.Opcode.CONVERT_S;
import static dev.mayfly.compiler.ssa.Opcode.CONVERT_U;
import static dev.mayfly.compiler.ssa.Opcode.CTZ;
import static dev.mayfly.compiler.ssa.Opcode.DEMOTE;
import static dev.mayfly.compiler.ssa.Opcode.DIV_S;
import static dev.mayfly.compiler.ssa.Opcode.DIV_U;
import static dev.mayfly.compiler.ssa.Opcode.EXTEND_S;
import static dev.mayfly.compiler.ssa.Opcode.EXTEND_U;
import static dev.mayfly.compiler.ssa.Opcode.FABS;
import static dev.mayfly.compiler.ssa.Opcode.FADD;
import static dev.mayfly.compiler.ssa.Opcode.FCEIL;
import static dev.mayfly.compiler.ssa.Opcode.FCMP;
import static dev.mayfly.compiler.ssa.Opcode.FCOPYSIGN;
import static dev.mayfly.compiler.ssa.Opcode.FDIV;
import static dev.mayfly.compiler.ssa.Opcode.FFLOOR;
import static dev.mayfly.compiler.ssa.Opcode.FMAX;
import static dev.mayfly.compiler.ssa.Opcode.FMIN;
import static dev.mayfly.compiler.ssa.Opcode.FMUL;
import static dev.mayfly.compiler.ssa.Opcode.FNEAREST;
import static dev.mayfly.compiler.ssa.Opcode.FNEG;
import static dev.mayfly.compiler.ssa.Opcode.FSQRT;
import static dev.mayfly.compiler.ssa.Opcode.FSUB;
import static dev.mayfly.compiler.ssa.Opcode.FTRUNC;
import static dev.mayfly.compiler.ssa.Opcode.ICMP;
import static dev.mayfly.compiler.ssa.Opcode.MUL;
import static dev.mayfly.compiler.ssa.Opcode.OR;
import static dev.mayfly.compiler.ssa.Opcode.POPCNT;
import static dev.mayfly.compiler.ssa.Opcode.PROMOTE;
import static dev.mayfly.compiler.ssa.Opcode.REM_S;
import static dev.mayfly.compiler.ssa.Opcode.REM_U;
import static dev.mayfly.compiler.ssa.Opcode.ROTL;
import static dev.mayfly.compiler.ssa.Opcode.ROTR;
import static dev.mayfly.compiler.ssa.Opcode.SEXT16;
import static dev.mayfly.compiler.ssa.Opcode.SEXT32;
import static dev.mayfly.compiler.ssa.Opcode.SEXT8;
import static dev.mayfly.compiler.ssa.Opcode.SHL;
import static dev.mayfly.compiler.ssa.Opcode.SHR_S;
import static dev.mayfly.compiler.ssa.Opcode.SHR_U;
import static dev.mayfly.compiler.ssa.Opcode.SUB;
import static dev.mayfly.compiler.ssa.Opcode.TRUNC_S;
import static dev.mayfly.compiler.ssa.Opcode.TRUNC_SAT_S;
import static dev.mayfly.compiler.ssa.Opcode.TRUNC_SAT_U;
import static dev.mayfly.compiler.ssa.Opcode.TRUNC_U;
import static dev.mayfly.compiler.ssa.Opcode.WRAP;
import static dev.mayfly.compiler.ssa.Opcode.XOR;
import static dev.mayfly.wasm.binary.Opcode.F32_ABS;
import static dev.mayfly.wasm.binary.Opcode.F32_ADD;
import static dev.mayfly.wasm.binary.Opcode.F32_CEIL;
import static dev.mayfly.wasm.binary.Opcode.F32_CONVERT_I32_S;
import static dev.mayfly.wasm.binary.Opcode.F32_CONVERT_I32_U;
import static dev.mayfly.wasm.binary.Opcode.F32_CONVERT_I64_S;
import static dev.mayfly.wasm.binary.Opcode.F32_CONVERT_I64_U;
import static dev.mayfly.wasm.binary.Opcode.F32_COPYSIGN;
import static dev.mayfly.wasm.binary.Opcode.F32_DEMOTE_F64;
import static dev.mayfly.wasm.binary.Opcode.F32_DIV;
import static dev.mayfly.wasm.binary.Opcode.F32_EQ;
import static dev.mayfly.wasm.binary.Opcode.F32_FLOOR;
import static dev.mayfly.wasm.binary.Opcode.F32_GE;
import static dev.mayfly.wasm.binary.Opcode.F32_GT;
import static dev.mayfly.wasm.binary.Opcode.F32_LE;
import static dev.mayfly.wasm.binary.Opcode.F32_LT;
import static dev.mayfly.wasm.binary.Opcode.F32_MAX;
import static dev.mayfly.wasm.binary.Opcode.F32_MIN;
import static dev.mayfly.wasm.binary.Opcode.F32_MUL;
import static dev.mayfly.wasm.binary.Opcode.F32_NE;
import static dev.mayfly.wasm.binary.Opcode.F32_NEAREST;
import static dev.mayfly.wasm.binary.Opcode.F32_NEG;
import static dev.mayfly.wasm.binary.Opcode.F32_REINTERPRET_I32;
import static dev.mayfly.wasm.binary.Opcode.F32_SQRT;
import static dev.mayfly.wasm.binary.Opcode.F32_SUB;
import static dev.mayfly.wasm.binary.Opcode.F32_TRUNC;
import static dev.mayfly.wasm.binary.Opcode.F64_ABS;
import static dev.mayfly.wasm.binary.Opcode.F64_ADD;
import static dev.mayfly.wasm.binary.Opcode.F64_CEIL;
import static dev.mayfly.wasm.binary.Opcode.F64_CONVERT_I32_S;
import static dev.mayfly.wasm.binary.Opcode.F64_CONVERT_I32_U;
import static dev.mayfly.wasm.binary.Opcode.F64_CONVERT_I64_S;
import static dev.mayfly.wasm.binary.Opcode.F64_CONVERT_I64_U;
import static dev.mayfly.wasm.binary.Opcode.F64_COPYSIGN;
import static dev.mayfly.wasm.binary.Opcode.F64_DIV;
import static dev.mayfly.wasm.binary.Opcode.F64_EQ;
import static dev.mayfly.wasm.binary.Opcode.F64_FLOOR;
import static dev.mayfly.wasm.binary.Opcode.F64_GE;
import static dev.mayfly.wasm.binary.Opcode.F64_GT;
import static dev.mayfly.wasm.binary.Opcode.F64_LE;
import static dev.mayfly.wasm.binary.Opcode.F64_LT;
import static dev.mayfly.wasm.binary.Opcode.F64_MAX;
import static dev.mayfly.wasm.binary.Opcode.F64_MIN;
import static dev.mayfly.wasm.binary.Opcode.F64_MUL;
import static dev.mayfly.wasm.binary.Opcode.F64_NE;
import static dev.mayfly.wasm.binary.Opcode.F64_NEAREST;
import static dev.mayfly.wasm.binary.Opcode.F64_NEG;
import static dev.mayfly.wasm.binary.Opcode.F64_PROMOTE_F32;
import static dev.mayfly.wasm.binary.Opcode.F64_REINTERPRET_I64;
import static dev.mayfly.wasm.binary.Opcode.F64_SQRT;
import static dev.mayfly.wasm.binary.Opcode.F64_SUB;
import static dev.mayfly.wasm.binary.Opcode.F64_TRUNC;
import static dev.mayfly.wasm.binary.Opcode.I32_ADD;
import static dev.mayfly.wasm.binary.Opcode.I32_AND;
import static dev.mayfly.wasm.binary.Opcode.I32_CLZ;
import static dev.mayfly.wasm.binary.Opcode.I32_CTZ;
import static dev.mayfly.wasm.binary.Opcode.I32_DIV_S;
import static dev.mayfly.wasm.binary.Opcode.I32_DIV_U;
import static dev.mayfly.wasm.binary.Opcode.I32_EQ;
import static dev.mayfly.wasm.binary.Opcode.I32_EXTEND16_S;
import static dev.mayfly.wasm.binary.Opcode.I32_EXTEND8_S;
import static dev.mayfly.wasm.binary.Opcode.I32_GE_S;
import static dev.mayfly.wasm.binary.Opcode.I32_GE_U;
import static dev.mayfly.wasm.binary.Opcode.I32_GT_S;
import static dev.mayfly.wasm.binary.Opcode.I32_GT_U;
import static dev.mayfly.wasm.binary.Opcode.I32_LE_S;
import static dev.mayfly.wasm.binary.Opcode.I32_LE_U;
import static dev.mayfly.wasm.binary.Opcode.I32_LT_S;
import static dev.mayfly.wasm.binary.Opcode.I32_LT_U;
import static dev.mayfly.wasm.binary.Opcode.I32_MUL;
import static dev.mayfly.wasm.binary.Opcode.I32_NE;
import static dev.mayfly.wasm.binary.Opcode.I32_OR;
import static dev.mayfly.wasm.binary.Opcode.I32_POPCNT;
import static dev.mayfly.wasm.binary.Opcode.I32_REINTERPRET_F32;
import static dev.mayfly.wasm.binary.Opcode.I32_REM_S;
import static dev.mayfly.wasm.binary.Opcode.I32_REM_U;
import static dev.mayfly.wasm.binary.Opcode.I32_ROTL;
import static dev.mayfly.wasm.binary.Opcode.I32_ROTR;
import static dev.mayfly.wasm.binary.Opcode.I32_SHL;
import static dev.mayfly.wasm.binary.Opcode.I32_SHR_S;
import static dev.mayfly.wasm.binary.Opcode.I32_SHR_U;
import static dev.mayfly.wasm.binary.Opcode.I32_SUB;
import static dev.mayfly.wasm.binary.Opcode.I32_TRUNC_F32_S;
import static dev.mayfly.wasm.binary.Opcode.I32_TRUNC_F32_U;
import static dev.mayfly.wasm.binary.Opcode.I32_TRUNC_F64_S;
import static dev.mayfly.wasm.binary.Opcode.I32_TRUNC_F64_U;
import static dev.mayfly.wasm.binary.Opcode.I32_TRUNC_SAT_F32_S;
import static dev.mayfly.wasm.binary.Opcode.I32_TRUNC_SAT_F32_U;
import static dev.mayfly.wasm.binary.Opcode.I32_TRUNC_SAT_F64_S;
import static dev.mayfly.wasm.binary.Opcode.I32_TRUNC_SAT_F64_U;
import static dev.mayfly.wasm.binary.Opcode.I32_WRAP_I64;
import static dev.mayfly.wasm.binary.Opcode.I32_XOR;
import static dev.mayfly.wasm.binary.Opcode.I64_ADD;
import static dev.mayfly.wasm.binary.Opcode.I64_AND;
import static dev.mayfly.wasm.binary.Opcode.I64_CLZ;
import static dev.mayfly.wasm.binary.Opcode.I64_CTZ;
import static dev.mayfly.wasm.binary.Opcode.I64_DIV_S;
import static dev.mayfly.wasm.binary.Opcode.I64_DIV_U;
import static dev.mayfly.wasm.binary.Opcode.I64_EQ;
import static dev.mayfly.wasm.binary.Opcode.I64_EXTEND16_S;
import static dev.mayfly.wasm.binary.Opcode.I64_EXTEND32_S;
import static dev.mayfly.wasm.binary.Opcode.I64_EXTEND8_S;
import static dev.mayfly.wasm.binary.Opcode.I64_EXTEND_I32_S;
import static dev.mayfly.wasm.binary.Opcode.I64_EXTEND_I32_U;
import static dev.mayfly.wasm.binary.Opcode.I64_GE_S;
import static dev.mayfly.wasm.binary.Opcode.I64_GE_U;
import static dev.mayfly.wasm.binary.Opcode.I64_GT_S;
import static dev.mayfly.wasm.binary.Opcode.I64_GT_U;
import static dev.mayfly.wasm.binary.Opcode.I64_LE_S;
import static dev.mayfly.wasm.binary.Opcode.I64_LE_U;
import static dev.mayfly.wasm.binary.Opcode.I64_LT_S;
import static dev.mayfly.wasm.binary.Opcode.I64_LT_U;
import static dev.mayfly.wasm.binary.Opcode.I64_MUL;
import static dev.mayfly.wasm.binary.Opcode.I64_NE;
import static dev.mayfly.wasm.binary.Opcode.I64_OR;
import static dev.mayfly.wasm.binary.Opcode.I64_POPCNT;
import static dev.mayfly.wasm.binary.Opcode.I64_REINTERPRET_F64;
import static dev.mayfly.wasm.binary.Opcode.I64_REM_S;
import static dev.mayfly.wasm.binary.Opcode.I64_REM_U;
import static dev.mayfly.wasm.binary.Opcode.I64_ROTL;
import static dev.mayfly.wasm.binary.Opcode.I64_ROTR;
import static dev.mayfly.wasm.binary.Opcode.I64_SHL;
import static dev.mayfly.wasm.binary.Opcode.I64_SHR_S;
import static dev.mayfly.wasm.binary.Opcode.I64_SHR_U;
import static dev.mayfly.wasm.binary.Opcode.I64_SUB;
import static dev.mayfly.wasm.binary.Opcode.I64_TRUNC_F32_S;
import static dev.mayfly.wasm.binary.Opcode.I64_TRUNC_F32_U;
import static dev.mayfly.wasm.binary.Opcode.I64_TRUNC_F64_S;
import static dev.mayfly.wasm.binary.Opcode.I64_TRUNC_F64_U;
import static dev.mayfly.wasm.binary.Opcode.I64_TRUNC_SAT_F32_S;
import static dev.mayfly.wasm.binary.Opcode.I64_TRUNC_SAT_F32_U;
import static dev.mayfly.wasm.binary.Opcode.I64_TRUNC_SAT_F64_S;
import static dev.mayfly.wasm.binary.Opcode.I64_TRUNC_SAT_F64_U;
import static dev.mayfly.wasm.binary.Opcode.I64_XOR;

import dev.mayfly.compiler.ssa.FloatCondition;
import dev.mayfly.compiler.ssa.IntCondition;
import dev.mayfly.compiler.ssa.Opcode;
import dev.mayfly.compiler.ssa.Type;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a numeric instruction is in the intermediate representation.
 *
 * @param result the type of its result
 * @param arity how many operands it takes
 * @param condition the ordinal of a comparison's condition, else 0
 */
record NumericOperation(Opcode opcode, Type result, int arity, int condition) {

    private static final Map<dev.mayfly.wasm.binary.Opcode, NumericOperation> ALL =
            new EnumMap<>(dev.mayfly.wasm.binary.Opcode.class);

    static {
        integers(I32_ADD, I64_ADD, ADD, 2);
        integers(I32_SUB, I64_SUB, SUB, 2);
        integers(I32_MUL, I64_MUL, MUL, 2);
        integers(I32_DIV_S, I64_DIV_S, DIV_S, 2);
        integers(I32_DIV_U, I64_DIV_U, DIV_U, 2);
        integers(I32_REM_S, I64_REM_S, REM_S, 2);
        integers(I32_REM_U, I64_REM_U, REM_U, 2);
        integers(I32_AND, I64_AND, AND, 2);
        integers(I32_OR, I64_OR, OR, 2);
        integers(I32_XOR, I64_XOR, XOR, 2);
        integers(I32_SHL, I64_SHL, SHL, 2);
        integers(I32_SHR_S, I64_SHR_S, SHR_S, 2);
        integers(I32_SHR_U, I64_SHR_U, SHR_U, 2);
        integers(I32_ROTL, I64_ROTL, ROTL, 2);
        integers(I32_ROTR, I64_ROTR, ROTR, 2);
        integers(I32_CLZ, I64_CLZ, CLZ, 1);
        integers(I32_CTZ, I64_CTZ, CTZ, 1);
        integers(I32_POPCNT, I64_POPCNT, POPCNT, 1);

        compare(I32_EQ, I64_EQ, IntCondition.EQ);
        compare(I32_NE, I64_NE, IntCondition.NE);
        compare(I32_LT_S, I64_LT_S, IntCondition.LT_S);
        compare(I32_LT_U, I64_LT_U, IntCondition.LT_U);
        compare(I32_GT_S, I64_GT_S, IntCondition.GT_S);
        compare(I32_GT_U, I64_GT_U, IntCondition.GT_U);
        compare(I32_LE_S, I64_LE_S, IntCondition.LE_S);
        compare(I32_LE_U, I64_LE_U, IntCondition.LE_U);
        compare(I32_GE_S, I64_GE_S, IntCondition.GE_S);
        compare(I32_GE_U, I64_GE_U, IntCondition.GE_U);
        compare(F32_EQ, F64_EQ, FloatCondition.EQ);
        compare(F32_NE, F64_NE, FloatCondition.NE);
        compare(F32_LT, F64_LT, FloatCondition.LT);
        compare(F32_GT, F64_GT, FloatCondition.GT);
        compare(F32_LE, F64_LE, FloatCondition.LE);
        compare(F32_GE, F64_GE, FloatCondition.GE);

        floats(F32_ADD, F64_ADD, FADD, 2);
        floats(F32_SUB, F64_SUB, FSUB, 2);
        floats(F32_MUL, F64_MUL, FMUL, 2);
        floats(F32_DIV, F64_DIV, FDIV, 2);
        floats(F32_MIN, F64_MIN, FMIN, 2);
        floats(F32_MAX, F64_MAX, FMAX, 2);
        floats(F32_COPYSIGN, F64_COPYSIGN, FCOPYSIGN, 2);
        floats(F32_ABS, F64_ABS, FABS, 1);
        floats(F32_NEG, F64_NEG, FNEG, 1);
        floats(F32_SQRT, F64_SQRT, FSQRT, 1);
        floats(F32_CEIL, F64_CEIL, FCEIL, 1);
        floats(F32_FLOOR, F64_FLOOR, FFLOOR, 1);
        floats(F32_TRUNC, F64_TRUNC, FTRUNC, 1);
        floats(F32_NEAREST, F64_NEAREST, FNEAREST, 1);

        convert(I32_WRAP_I64, WRAP, Type.I32);
        convert(I64_EXTEND_I32_S, EXTEND_S, Type.I64);
        convert(I64_EXTEND_I32_U, EXTEND_U, Type.I64);
        convert(F32_DEMOTE_F64, DEMOTE, Type.F32);
        convert(F64_PROMOTE_F32, PROMOTE, Type.F64);
        convert(I32_REINTERPRET_F32, BITCAST, Type.I32);
        convert(I64_REINTERPRET_F64, BITCAST, Type.I64);
        convert(F32_REINTERPRET_I32, BITCAST, Type.F32);
        convert(F64_REINTERPRET_I64, BITCAST, Type.F64);
        convert(I32_EXTEND8_S, SEXT8, Type.I32);
        convert(I32_EXTEND16_S, SEXT16, Type.I32);
        convert(I64_EXTEND8_S, SEXT8, Type.I64);
        convert(I64_EXTEND16_S, SEXT16, Type.I64);
        convert(I64_EXTEND32_S, SEXT32, Type.I64);
        convert(I32_TRUNC_F32_S, TRUNC_S, Type.I32);
        convert(I32_TRUNC_F64_S, TRUNC_S, Type.I32);
        convert(I64_TRUNC_F32_S, TRUNC_S, Type.I64);
        convert(I64_TRUNC_F64_S, TRUNC_S, Type.I64);
        convert(I32_TRUNC_F32_U, TRUNC_U, Type.I32);
        convert(I32_TRUNC_F64_U, TRUNC_U, Type.I32);
        convert(I64_TRUNC_F32_U, TRUNC_U, Type.I64);
        convert(I64_TRUNC_F64_U, TRUNC_U, Type.I64);
        convert(I32_TRUNC_SAT_F32_S, TRUNC_SAT_S, Type.I32);
        convert(I32_TRUNC_SAT_F64_S, TRUNC_SAT_S, Type.I32);
        convert(I64_TRUNC_SAT_F32_S, TRUNC_SAT_S, Type.I64);
        convert(I64_TRUNC_SAT_F64_S, TRUNC_SAT_S, Type.I64);
        convert(I32_TRUNC_SAT_F32_U, TRUNC_SAT_U, Type.I32);
        convert(I32_TRUNC_SAT_F64_U, TRUNC_SAT_U, Type.I32);
        convert(I64_TRUNC_SAT_F32_U, TRUNC_SAT_U, Type.I64);
        convert(I64_TRUNC_SAT_F64_U, TRUNC_SAT_U, Type.I64);
        convert(F32_CONVERT_I32_S, CONVERT_S, Type.F32);
        convert(F32_CONVERT_I64_S, CONVERT_S, Type.F32);
        convert(F64_CONVERT_I32_S, CONVERT_S, Type.F64);
        convert(F64_CONVERT_I64_S, CONVERT_S, Type.F64);
        convert(F32_CONVERT_I32_U, CONVERT_U, Type.F32);
        convert(F32_CONVERT_I64_U, CONVERT_U, Type.F32);
        convert(F64_CONVERT_I32_U, CONVERT_U, Type.F64);
        convert(F64_CONVERT_I64_U, CONVERT_U, Type.F64);
    }

    static NumericOperation of(dev.mayfly.wasm.binary.Opcode instruction) {
        NumericOperation operation = ALL.get(instruction);
        if (operation == null) {
            throw new IllegalStateException("no translation of " + instruction);
        }
        return operation;
    }

    private static void integers(
            dev.mayfly.wasm.binary.Opcode narrow, dev.mayfly.wasm.binary.Opcode wide, Opcode opcode, int arity) {
        ALL.put(narrow, new NumericOperation(opcode, Type.I32, arity, 0));
        ALL.put(wide, new NumericOperation(opcode, Type.I64, arity, 0));
    }

    private static void floats(
            dev.mayfly.wasm.binary.Opcode narrow, dev.mayfly.wasm.binary.Opcode wide, Opcode opcode, int arity) {
        ALL.put(narrow, new NumericOperation(opcode, Type.F32, arity, 0));
        ALL.put(wide, new NumericOperation(opcode, Type.F64, arity, 0));
    }

    private static void compare(
            dev.mayfly.wasm.binary.Opcode narrow, dev.mayfly.wasm.binary.Opcode wide, IntCondition condition) {
        NumericOperation operation = new NumericOperation(ICMP, Type.I32, 2, condition.ordinal());
        ALL.put(narrow, operation);
        ALL.put(wide, operation);
    }

    private static void compare(
            dev.mayfly.wasm.binary.Opcode narrow, dev.mayfly.wasm.binary.Opcode wide, FloatCondition condition) {
        NumericOperation operation = new NumericOperation(FCMP, Type.I32, 2, condition.ordinal());
        ALL.put(narrow, operation);
        ALL.put(wide, operation);
    }

    private static void convert(dev.mayfly.wasm.binary.Opcode instruction, Opcode opcode, Type result) {
        ALL.put(instruction, new NumericOperation(opcode, result, 1, 0));
    }
}
