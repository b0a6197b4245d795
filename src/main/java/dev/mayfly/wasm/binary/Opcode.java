package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.ValueType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every instruction of WebAssembly 2.0 (core specification 2.0, appendix A.7): its opcode, name, immediates and, where
 * it does not depend on the immediates or the context, its type. This table is all that decoding knows of a particular
 * instruction.
 */
public enum Opcode {
    UNREACHABLE(0x00, "unreachable", Family.CONTROL, Immediate.NONE),
    NOP(0x01, "nop", Family.CONTROL, Immediate.NONE),
    BLOCK(0x02, "block", Family.CONTROL, Immediate.BLOCK_TYPE),
    LOOP(0x03, "loop", Family.CONTROL, Immediate.BLOCK_TYPE),
    IF(0x04, "if", Family.CONTROL, Immediate.BLOCK_TYPE),
    ELSE(0x05, "else", Family.CONTROL, Immediate.NONE),
    END(0x0B, "end", Family.CONTROL, Immediate.NONE),
    BR(0x0C, "br", Family.CONTROL, Immediate.INDEX),
    BR_IF(0x0D, "br_if", Family.CONTROL, Immediate.INDEX),
    BR_TABLE(0x0E, "br_table", Family.CONTROL, Immediate.LABELS),
    RETURN(0x0F, "return", Family.CONTROL, Immediate.NONE),
    CALL(0x10, "call", Family.CONTROL, Immediate.INDEX),
    CALL_INDIRECT(0x11, "call_indirect", Family.CONTROL, Immediate.INDEX_PAIR),
    DROP(0x1A, "drop", Family.PARAMETRIC, Immediate.NONE),
    SELECT(0x1B, "select", Family.PARAMETRIC, Immediate.NONE),
    SELECT_TYPED(0x1C, "select", Family.PARAMETRIC, Immediate.TYPES),
    LOCAL_GET(0x20, "local.get", Family.VARIABLE, Immediate.INDEX),
    LOCAL_SET(0x21, "local.set", Family.VARIABLE, Immediate.INDEX),
    LOCAL_TEE(0x22, "local.tee", Family.VARIABLE, Immediate.INDEX),
    GLOBAL_GET(0x23, "global.get", Family.VARIABLE, Immediate.INDEX),
    GLOBAL_SET(0x24, "global.set", Family.VARIABLE, Immediate.INDEX),
    TABLE_GET(0x25, "table.get", Family.TABLE, Immediate.INDEX),
    TABLE_SET(0x26, "table.set", Family.TABLE, Immediate.INDEX),
    I32_LOAD(0x28, "i32.load", "i32 -> i32", 4),
    I64_LOAD(0x29, "i64.load", "i32 -> i64", 8),
    F32_LOAD(0x2A, "f32.load", "i32 -> f32", 4),
    F64_LOAD(0x2B, "f64.load", "i32 -> f64", 8),
    I32_LOAD8_S(0x2C, "i32.load8_s", "i32 -> i32", 1),
    I32_LOAD8_U(0x2D, "i32.load8_u", "i32 -> i32", 1),
    I32_LOAD16_S(0x2E, "i32.load16_s", "i32 -> i32", 2),
    I32_LOAD16_U(0x2F, "i32.load16_u", "i32 -> i32", 2),
    I64_LOAD8_S(0x30, "i64.load8_s", "i32 -> i64", 1),
    I64_LOAD8_U(0x31, "i64.load8_u", "i32 -> i64", 1),
    I64_LOAD16_S(0x32, "i64.load16_s", "i32 -> i64", 2),
    I64_LOAD16_U(0x33, "i64.load16_u", "i32 -> i64", 2),
    I64_LOAD32_S(0x34, "i64.load32_s", "i32 -> i64", 4),
    I64_LOAD32_U(0x35, "i64.load32_u", "i32 -> i64", 4),
    I32_STORE(0x36, "i32.store", "i32 i32 ->", 4),
    I64_STORE(0x37, "i64.store", "i32 i64 ->", 8),
    F32_STORE(0x38, "f32.store", "i32 f32 ->", 4),
    F64_STORE(0x39, "f64.store", "i32 f64 ->", 8),
    I32_STORE8(0x3A, "i32.store8", "i32 i32 ->", 1),
    I32_STORE16(0x3B, "i32.store16", "i32 i32 ->", 2),
    I64_STORE8(0x3C, "i64.store8", "i32 i64 ->", 1),
    I64_STORE16(0x3D, "i64.store16", "i32 i64 ->", 2),
    I64_STORE32(0x3E, "i64.store32", "i32 i64 ->", 4),
    MEMORY_SIZE(0x3F, "memory.size", Family.MEMORY, Immediate.MEMORY, "-> i32"),
    MEMORY_GROW(0x40, "memory.grow", Family.MEMORY, Immediate.MEMORY, "i32 -> i32"),
    I32_CONST(0x41, "i32.const", Family.NUMERIC, Immediate.I32, "-> i32"),
    I64_CONST(0x42, "i64.const", Family.NUMERIC, Immediate.I64, "-> i64"),
    F32_CONST(0x43, "f32.const", Family.NUMERIC, Immediate.F32, "-> f32"),
    F64_CONST(0x44, "f64.const", Family.NUMERIC, Immediate.F64, "-> f64"),
    I32_EQZ(0x45, "i32.eqz", "i32 -> i32"),
    I32_EQ(0x46, "i32.eq", "i32 i32 -> i32"),
    I32_NE(0x47, "i32.ne", "i32 i32 -> i32"),
    I32_LT_S(0x48, "i32.lt_s", "i32 i32 -> i32"),
    I32_LT_U(0x49, "i32.lt_u", "i32 i32 -> i32"),
    I32_GT_S(0x4A, "i32.gt_s", "i32 i32 -> i32"),
    I32_GT_U(0x4B, "i32.gt_u", "i32 i32 -> i32"),
    I32_LE_S(0x4C, "i32.le_s", "i32 i32 -> i32"),
    I32_LE_U(0x4D, "i32.le_u", "i32 i32 -> i32"),
    I32_GE_S(0x4E, "i32.ge_s", "i32 i32 -> i32"),
    I32_GE_U(0x4F, "i32.ge_u", "i32 i32 -> i32"),
    I64_EQZ(0x50, "i64.eqz", "i64 -> i32"),
    I64_EQ(0x51, "i64.eq", "i64 i64 -> i32"),
    I64_NE(0x52, "i64.ne", "i64 i64 -> i32"),
    I64_LT_S(0x53, "i64.lt_s", "i64 i64 -> i32"),
    I64_LT_U(0x54, "i64.lt_u", "i64 i64 -> i32"),
    I64_GT_S(0x55, "i64.gt_s", "i64 i64 -> i32"),
    I64_GT_U(0x56, "i64.gt_u", "i64 i64 -> i32"),
    I64_LE_S(0x57, "i64.le_s", "i64 i64 -> i32"),
    I64_LE_U(0x58, "i64.le_u", "i64 i64 -> i32"),
    I64_GE_S(0x59, "i64.ge_s", "i64 i64 -> i32"),
    I64_GE_U(0x5A, "i64.ge_u", "i64 i64 -> i32"),
    F32_EQ(0x5B, "f32.eq", "f32 f32 -> i32"),
    F32_NE(0x5C, "f32.ne", "f32 f32 -> i32"),
    F32_LT(0x5D, "f32.lt", "f32 f32 -> i32"),
    F32_GT(0x5E, "f32.gt", "f32 f32 -> i32"),
    F32_LE(0x5F, "f32.le", "f32 f32 -> i32"),
    F32_GE(0x60, "f32.ge", "f32 f32 -> i32"),
    F64_EQ(0x61, "f64.eq", "f64 f64 -> i32"),
    F64_NE(0x62, "f64.ne", "f64 f64 -> i32"),
    F64_LT(0x63, "f64.lt", "f64 f64 -> i32"),
    F64_GT(0x64, "f64.gt", "f64 f64 -> i32"),
    F64_LE(0x65, "f64.le", "f64 f64 -> i32"),
    F64_GE(0x66, "f64.ge", "f64 f64 -> i32"),
    I32_CLZ(0x67, "i32.clz", "i32 -> i32"),
    I32_CTZ(0x68, "i32.ctz", "i32 -> i32"),
    I32_POPCNT(0x69, "i32.popcnt", "i32 -> i32"),
    I32_ADD(0x6A, "i32.add", "i32 i32 -> i32"),
    I32_SUB(0x6B, "i32.sub", "i32 i32 -> i32"),
    I32_MUL(0x6C, "i32.mul", "i32 i32 -> i32"),
    I32_DIV_S(0x6D, "i32.div_s", "i32 i32 -> i32"),
    I32_DIV_U(0x6E, "i32.div_u", "i32 i32 -> i32"),
    I32_REM_S(0x6F, "i32.rem_s", "i32 i32 -> i32"),
    I32_REM_U(0x70, "i32.rem_u", "i32 i32 -> i32"),
    I32_AND(0x71, "i32.and", "i32 i32 -> i32"),
    I32_OR(0x72, "i32.or", "i32 i32 -> i32"),
    I32_XOR(0x73, "i32.xor", "i32 i32 -> i32"),
    I32_SHL(0x74, "i32.shl", "i32 i32 -> i32"),
    I32_SHR_S(0x75, "i32.shr_s", "i32 i32 -> i32"),
    I32_SHR_U(0x76, "i32.shr_u", "i32 i32 -> i32"),
    I32_ROTL(0x77, "i32.rotl", "i32 i32 -> i32"),
    I32_ROTR(0x78, "i32.rotr", "i32 i32 -> i32"),
    I64_CLZ(0x79, "i64.clz", "i64 -> i64"),
    I64_CTZ(0x7A, "i64.ctz", "i64 -> i64"),
    I64_POPCNT(0x7B, "i64.popcnt", "i64 -> i64"),
    I64_ADD(0x7C, "i64.add", "i64 i64 -> i64"),
    I64_SUB(0x7D, "i64.sub", "i64 i64 -> i64"),
    I64_MUL(0x7E, "i64.mul", "i64 i64 -> i64"),
    I64_DIV_S(0x7F, "i64.div_s", "i64 i64 -> i64"),
    I64_DIV_U(0x80, "i64.div_u", "i64 i64 -> i64"),
    I64_REM_S(0x81, "i64.rem_s", "i64 i64 -> i64"),
    I64_REM_U(0x82, "i64.rem_u", "i64 i64 -> i64"),
    I64_AND(0x83, "i64.and", "i64 i64 -> i64"),
    I64_OR(0x84, "i64.or", "i64 i64 -> i64"),
    I64_XOR(0x85, "i64.xor", "i64 i64 -> i64"),
    I64_SHL(0x86, "i64.shl", "i64 i64 -> i64"),
    I64_SHR_S(0x87, "i64.shr_s", "i64 i64 -> i64"),
    I64_SHR_U(0x88, "i64.shr_u", "i64 i64 -> i64"),
    I64_ROTL(0x89, "i64.rotl", "i64 i64 -> i64"),
    I64_ROTR(0x8A, "i64.rotr", "i64 i64 -> i64"),
    F32_ABS(0x8B, "f32.abs", "f32 -> f32"),
    F32_NEG(0x8C, "f32.neg", "f32 -> f32"),
    F32_CEIL(0x8D, "f32.ceil", "f32 -> f32"),
    F32_FLOOR(0x8E, "f32.floor", "f32 -> f32"),
    F32_TRUNC(0x8F, "f32.trunc", "f32 -> f32"),
    F32_NEAREST(0x90, "f32.nearest", "f32 -> f32"),
    F32_SQRT(0x91, "f32.sqrt", "f32 -> f32"),
    F32_ADD(0x92, "f32.add", "f32 f32 -> f32"),
    F32_SUB(0x93, "f32.sub", "f32 f32 -> f32"),
    F32_MUL(0x94, "f32.mul", "f32 f32 -> f32"),
    F32_DIV(0x95, "f32.div", "f32 f32 -> f32"),
    F32_MIN(0x96, "f32.min", "f32 f32 -> f32"),
    F32_MAX(0x97, "f32.max", "f32 f32 -> f32"),
    F32_COPYSIGN(0x98, "f32.copysign", "f32 f32 -> f32"),
    F64_ABS(0x99, "f64.abs", "f64 -> f64"),
    F64_NEG(0x9A, "f64.neg", "f64 -> f64"),
    F64_CEIL(0x9B, "f64.ceil", "f64 -> f64"),
    F64_FLOOR(0x9C, "f64.floor", "f64 -> f64"),
    F64_TRUNC(0x9D, "f64.trunc", "f64 -> f64"),
    F64_NEAREST(0x9E, "f64.nearest", "f64 -> f64"),
    F64_SQRT(0x9F, "f64.sqrt", "f64 -> f64"),
    F64_ADD(0xA0, "f64.add", "f64 f64 -> f64"),
    F64_SUB(0xA1, "f64.sub", "f64 f64 -> f64"),
    F64_MUL(0xA2, "f64.mul", "f64 f64 -> f64"),
    F64_DIV(0xA3, "f64.div", "f64 f64 -> f64"),
    F64_MIN(0xA4, "f64.min", "f64 f64 -> f64"),
    F64_MAX(0xA5, "f64.max", "f64 f64 -> f64"),
    F64_COPYSIGN(0xA6, "f64.copysign", "f64 f64 -> f64"),
    I32_WRAP_I64(0xA7, "i32.wrap_i64", "i64 -> i32"),
    I32_TRUNC_F32_S(0xA8, "i32.trunc_f32_s", "f32 -> i32"),
    I32_TRUNC_F32_U(0xA9, "i32.trunc_f32_u", "f32 -> i32"),
    I32_TRUNC_F64_S(0xAA, "i32.trunc_f64_s", "f64 -> i32"),
    I32_TRUNC_F64_U(0xAB, "i32.trunc_f64_u", "f64 -> i32"),
    I64_EXTEND_I32_S(0xAC, "i64.extend_i32_s", "i32 -> i64"),
    I64_EXTEND_I32_U(0xAD, "i64.extend_i32_u", "i32 -> i64"),
    I64_TRUNC_F32_S(0xAE, "i64.trunc_f32_s", "f32 -> i64"),
    I64_TRUNC_F32_U(0xAF, "i64.trunc_f32_u", "f32 -> i64"),
    I64_TRUNC_F64_S(0xB0, "i64.trunc_f64_s", "f64 -> i64"),
    I64_TRUNC_F64_U(0xB1, "i64.trunc_f64_u", "f64 -> i64"),
    F32_CONVERT_I32_S(0xB2, "f32.convert_i32_s", "i32 -> f32"),
    F32_CONVERT_I32_U(0xB3, "f32.convert_i32_u", "i32 -> f32"),
    F32_CONVERT_I64_S(0xB4, "f32.convert_i64_s", "i64 -> f32"),
    F32_CONVERT_I64_U(0xB5, "f32.convert_i64_u", "i64 -> f32"),
    F32_DEMOTE_F64(0xB6, "f32.demote_f64", "f64 -> f32"),
    F64_CONVERT_I32_S(0xB7, "f64.convert_i32_s", "i32 -> f64"),
    F64_CONVERT_I32_U(0xB8, "f64.convert_i32_u", "i32 -> f64"),
    F64_CONVERT_I64_S(0xB9, "f64.convert_i64_s", "i64 -> f64"),
    F64_CONVERT_I64_U(0xBA, "f64.convert_i64_u", "i64 -> f64"),
    F64_PROMOTE_F32(0xBB, "f64.promote_f32", "f32 -> f64"),
    I32_REINTERPRET_F32(0xBC, "i32.reinterpret_f32", "f32 -> i32"),
    I64_REINTERPRET_F64(0xBD, "i64.reinterpret_f64", "f64 -> i64"),
    F32_REINTERPRET_I32(0xBE, "f32.reinterpret_i32", "i32 -> f32"),
    F64_REINTERPRET_I64(0xBF, "f64.reinterpret_i64", "i64 -> f64"),
    I32_EXTEND8_S(0xC0, "i32.extend8_s", "i32 -> i32"),
    I32_EXTEND16_S(0xC1, "i32.extend16_s", "i32 -> i32"),
    I64_EXTEND8_S(0xC2, "i64.extend8_s", "i64 -> i64"),
    I64_EXTEND16_S(0xC3, "i64.extend16_s", "i64 -> i64"),
    I64_EXTEND32_S(0xC4, "i64.extend32_s", "i64 -> i64"),
    REF_NULL(0xD0, "ref.null", Family.REFERENCE, Immediate.REFERENCE_TYPE),
    REF_IS_NULL(0xD1, "ref.is_null", Family.REFERENCE, Immediate.NONE),
    REF_FUNC(0xD2, "ref.func", Family.REFERENCE, Immediate.INDEX),

    // Prefix FC.
    I32_TRUNC_SAT_F32_S(0xFC00, "i32.trunc_sat_f32_s", "f32 -> i32"),
    I32_TRUNC_SAT_F32_U(0xFC01, "i32.trunc_sat_f32_u", "f32 -> i32"),
    I32_TRUNC_SAT_F64_S(0xFC02, "i32.trunc_sat_f64_s", "f64 -> i32"),
    I32_TRUNC_SAT_F64_U(0xFC03, "i32.trunc_sat_f64_u", "f64 -> i32"),
    I64_TRUNC_SAT_F32_S(0xFC04, "i64.trunc_sat_f32_s", "f32 -> i64"),
    I64_TRUNC_SAT_F32_U(0xFC05, "i64.trunc_sat_f32_u", "f32 -> i64"),
    I64_TRUNC_SAT_F64_S(0xFC06, "i64.trunc_sat_f64_s", "f64 -> i64"),
    I64_TRUNC_SAT_F64_U(0xFC07, "i64.trunc_sat_f64_u", "f64 -> i64"),
    MEMORY_INIT(0xFC08, "memory.init", Family.MEMORY, Immediate.DATA_INDEX_MEMORY, "i32 i32 i32 ->"),
    DATA_DROP(0xFC09, "data.drop", Family.MEMORY, Immediate.DATA_INDEX, "->"),
    MEMORY_COPY(0xFC0A, "memory.copy", Family.MEMORY, Immediate.MEMORY_PAIR, "i32 i32 i32 ->"),
    MEMORY_FILL(0xFC0B, "memory.fill", Family.MEMORY, Immediate.MEMORY, "i32 i32 i32 ->"),
    TABLE_INIT(0xFC0C, "table.init", Family.TABLE, Immediate.INDEX_PAIR),
    ELEM_DROP(0xFC0D, "elem.drop", Family.TABLE, Immediate.INDEX),
    TABLE_COPY(0xFC0E, "table.copy", Family.TABLE, Immediate.INDEX_PAIR),
    TABLE_GROW(0xFC0F, "table.grow", Family.TABLE, Immediate.INDEX),
    TABLE_SIZE(0xFC10, "table.size", Family.TABLE, Immediate.INDEX),
    TABLE_FILL(0xFC11, "table.fill", Family.TABLE, Immediate.INDEX),

    // Prefix FD.
    V128_LOAD(0xFD00, "v128.load", "i32 -> v128", 16),
    V128_LOAD8X8_S(0xFD01, "v128.load8x8_s", "i32 -> v128", 8),
    V128_LOAD8X8_U(0xFD02, "v128.load8x8_u", "i32 -> v128", 8),
    V128_LOAD16X4_S(0xFD03, "v128.load16x4_s", "i32 -> v128", 8),
    V128_LOAD16X4_U(0xFD04, "v128.load16x4_u", "i32 -> v128", 8),
    V128_LOAD32X2_S(0xFD05, "v128.load32x2_s", "i32 -> v128", 8),
    V128_LOAD32X2_U(0xFD06, "v128.load32x2_u", "i32 -> v128", 8),
    V128_LOAD8_SPLAT(0xFD07, "v128.load8_splat", "i32 -> v128", 1),
    V128_LOAD16_SPLAT(0xFD08, "v128.load16_splat", "i32 -> v128", 2),
    V128_LOAD32_SPLAT(0xFD09, "v128.load32_splat", "i32 -> v128", 4),
    V128_LOAD64_SPLAT(0xFD0A, "v128.load64_splat", "i32 -> v128", 8),
    V128_STORE(0xFD0B, "v128.store", "i32 v128 ->", 16),
    V128_CONST(0xFD0C, "v128.const", Family.VECTOR, Immediate.V128, "-> v128"),
    I8X16_SHUFFLE(0xFD0D, "i8x16.shuffle", Family.VECTOR, Immediate.LANES, "v128 v128 -> v128", 32),
    I8X16_SWIZZLE(0xFD0E, "i8x16.swizzle", "v128 v128 -> v128"),
    I8X16_SPLAT(0xFD0F, "i8x16.splat", "i32 -> v128"),
    I16X8_SPLAT(0xFD10, "i16x8.splat", "i32 -> v128"),
    I32X4_SPLAT(0xFD11, "i32x4.splat", "i32 -> v128"),
    I64X2_SPLAT(0xFD12, "i64x2.splat", "i64 -> v128"),
    F32X4_SPLAT(0xFD13, "f32x4.splat", "f32 -> v128"),
    F64X2_SPLAT(0xFD14, "f64x2.splat", "f64 -> v128"),
    I8X16_EXTRACT_LANE_S(0xFD15, "i8x16.extract_lane_s", Family.VECTOR, Immediate.LANE, "v128 -> i32", 16),
    I8X16_EXTRACT_LANE_U(0xFD16, "i8x16.extract_lane_u", Family.VECTOR, Immediate.LANE, "v128 -> i32", 16),
    I8X16_REPLACE_LANE(0xFD17, "i8x16.replace_lane", Family.VECTOR, Immediate.LANE, "v128 i32 -> v128", 16),
    I16X8_EXTRACT_LANE_S(0xFD18, "i16x8.extract_lane_s", Family.VECTOR, Immediate.LANE, "v128 -> i32", 8),
    I16X8_EXTRACT_LANE_U(0xFD19, "i16x8.extract_lane_u", Family.VECTOR, Immediate.LANE, "v128 -> i32", 8),
    I16X8_REPLACE_LANE(0xFD1A, "i16x8.replace_lane", Family.VECTOR, Immediate.LANE, "v128 i32 -> v128", 8),
    I32X4_EXTRACT_LANE(0xFD1B, "i32x4.extract_lane", Family.VECTOR, Immediate.LANE, "v128 -> i32", 4),
    I32X4_REPLACE_LANE(0xFD1C, "i32x4.replace_lane", Family.VECTOR, Immediate.LANE, "v128 i32 -> v128", 4),
    I64X2_EXTRACT_LANE(0xFD1D, "i64x2.extract_lane", Family.VECTOR, Immediate.LANE, "v128 -> i64", 2),
    I64X2_REPLACE_LANE(0xFD1E, "i64x2.replace_lane", Family.VECTOR, Immediate.LANE, "v128 i64 -> v128", 2),
    F32X4_EXTRACT_LANE(0xFD1F, "f32x4.extract_lane", Family.VECTOR, Immediate.LANE, "v128 -> f32", 4),
    F32X4_REPLACE_LANE(0xFD20, "f32x4.replace_lane", Family.VECTOR, Immediate.LANE, "v128 f32 -> v128", 4),
    F64X2_EXTRACT_LANE(0xFD21, "f64x2.extract_lane", Family.VECTOR, Immediate.LANE, "v128 -> f64", 2),
    F64X2_REPLACE_LANE(0xFD22, "f64x2.replace_lane", Family.VECTOR, Immediate.LANE, "v128 f64 -> v128", 2),
    I8X16_EQ(0xFD23, "i8x16.eq", "v128 v128 -> v128"),
    I8X16_NE(0xFD24, "i8x16.ne", "v128 v128 -> v128"),
    I8X16_LT_S(0xFD25, "i8x16.lt_s", "v128 v128 -> v128"),
    I8X16_LT_U(0xFD26, "i8x16.lt_u", "v128 v128 -> v128"),
    I8X16_GT_S(0xFD27, "i8x16.gt_s", "v128 v128 -> v128"),
    I8X16_GT_U(0xFD28, "i8x16.gt_u", "v128 v128 -> v128"),
    I8X16_LE_S(0xFD29, "i8x16.le_s", "v128 v128 -> v128"),
    I8X16_LE_U(0xFD2A, "i8x16.le_u", "v128 v128 -> v128"),
    I8X16_GE_S(0xFD2B, "i8x16.ge_s", "v128 v128 -> v128"),
    I8X16_GE_U(0xFD2C, "i8x16.ge_u", "v128 v128 -> v128"),
    I16X8_EQ(0xFD2D, "i16x8.eq", "v128 v128 -> v128"),
    I16X8_NE(0xFD2E, "i16x8.ne", "v128 v128 -> v128"),
    I16X8_LT_S(0xFD2F, "i16x8.lt_s", "v128 v128 -> v128"),
    I16X8_LT_U(0xFD30, "i16x8.lt_u", "v128 v128 -> v128"),
    I16X8_GT_S(0xFD31, "i16x8.gt_s", "v128 v128 -> v128"),
    I16X8_GT_U(0xFD32, "i16x8.gt_u", "v128 v128 -> v128"),
    I16X8_LE_S(0xFD33, "i16x8.le_s", "v128 v128 -> v128"),
    I16X8_LE_U(0xFD34, "i16x8.le_u", "v128 v128 -> v128"),
    I16X8_GE_S(0xFD35, "i16x8.ge_s", "v128 v128 -> v128"),
    I16X8_GE_U(0xFD36, "i16x8.ge_u", "v128 v128 -> v128"),
    I32X4_EQ(0xFD37, "i32x4.eq", "v128 v128 -> v128"),
    I32X4_NE(0xFD38, "i32x4.ne", "v128 v128 -> v128"),
    I32X4_LT_S(0xFD39, "i32x4.lt_s", "v128 v128 -> v128"),
    I32X4_LT_U(0xFD3A, "i32x4.lt_u", "v128 v128 -> v128"),
    I32X4_GT_S(0xFD3B, "i32x4.gt_s", "v128 v128 -> v128"),
    I32X4_GT_U(0xFD3C, "i32x4.gt_u", "v128 v128 -> v128"),
    I32X4_LE_S(0xFD3D, "i32x4.le_s", "v128 v128 -> v128"),
    I32X4_LE_U(0xFD3E, "i32x4.le_u", "v128 v128 -> v128"),
    I32X4_GE_S(0xFD3F, "i32x4.ge_s", "v128 v128 -> v128"),
    I32X4_GE_U(0xFD40, "i32x4.ge_u", "v128 v128 -> v128"),
    F32X4_EQ(0xFD41, "f32x4.eq", "v128 v128 -> v128"),
    F32X4_NE(0xFD42, "f32x4.ne", "v128 v128 -> v128"),
    F32X4_LT(0xFD43, "f32x4.lt", "v128 v128 -> v128"),
    F32X4_GT(0xFD44, "f32x4.gt", "v128 v128 -> v128"),
    F32X4_LE(0xFD45, "f32x4.le", "v128 v128 -> v128"),
    F32X4_GE(0xFD46, "f32x4.ge", "v128 v128 -> v128"),
    F64X2_EQ(0xFD47, "f64x2.eq", "v128 v128 -> v128"),
    F64X2_NE(0xFD48, "f64x2.ne", "v128 v128 -> v128"),
    F64X2_LT(0xFD49, "f64x2.lt", "v128 v128 -> v128"),
    F64X2_GT(0xFD4A, "f64x2.gt", "v128 v128 -> v128"),
    F64X2_LE(0xFD4B, "f64x2.le", "v128 v128 -> v128"),
    F64X2_GE(0xFD4C, "f64x2.ge", "v128 v128 -> v128"),
    V128_NOT(0xFD4D, "v128.not", "v128 -> v128"),
    V128_AND(0xFD4E, "v128.and", "v128 v128 -> v128"),
    V128_ANDNOT(0xFD4F, "v128.andnot", "v128 v128 -> v128"),
    V128_OR(0xFD50, "v128.or", "v128 v128 -> v128"),
    V128_XOR(0xFD51, "v128.xor", "v128 v128 -> v128"),
    V128_BITSELECT(0xFD52, "v128.bitselect", "v128 v128 v128 -> v128"),
    V128_ANY_TRUE(0xFD53, "v128.any_true", "v128 -> i32"),
    V128_LOAD8_LANE(0xFD54, "v128.load8_lane", "i32 v128 -> v128", 1, 16),
    V128_LOAD16_LANE(0xFD55, "v128.load16_lane", "i32 v128 -> v128", 2, 8),
    V128_LOAD32_LANE(0xFD56, "v128.load32_lane", "i32 v128 -> v128", 4, 4),
    V128_LOAD64_LANE(0xFD57, "v128.load64_lane", "i32 v128 -> v128", 8, 2),
    V128_STORE8_LANE(0xFD58, "v128.store8_lane", "i32 v128 ->", 1, 16),
    V128_STORE16_LANE(0xFD59, "v128.store16_lane", "i32 v128 ->", 2, 8),
    V128_STORE32_LANE(0xFD5A, "v128.store32_lane", "i32 v128 ->", 4, 4),
    V128_STORE64_LANE(0xFD5B, "v128.store64_lane", "i32 v128 ->", 8, 2),
    V128_LOAD32_ZERO(0xFD5C, "v128.load32_zero", "i32 -> v128", 4),
    V128_LOAD64_ZERO(0xFD5D, "v128.load64_zero", "i32 -> v128", 8),
    F32X4_DEMOTE_F64X2_ZERO(0xFD5E, "f32x4.demote_f64x2_zero", "v128 -> v128"),
    F64X2_PROMOTE_LOW_F32X4(0xFD5F, "f64x2.promote_low_f32x4", "v128 -> v128"),
    I8X16_ABS(0xFD60, "i8x16.abs", "v128 -> v128"),
    I8X16_NEG(0xFD61, "i8x16.neg", "v128 -> v128"),
    I8X16_POPCNT(0xFD62, "i8x16.popcnt", "v128 -> v128"),
    I8X16_ALL_TRUE(0xFD63, "i8x16.all_true", "v128 -> i32"),
    I8X16_BITMASK(0xFD64, "i8x16.bitmask", "v128 -> i32"),
    I8X16_NARROW_I16X8_S(0xFD65, "i8x16.narrow_i16x8_s", "v128 v128 -> v128"),
    I8X16_NARROW_I16X8_U(0xFD66, "i8x16.narrow_i16x8_u", "v128 v128 -> v128"),
    F32X4_CEIL(0xFD67, "f32x4.ceil", "v128 -> v128"),
    F32X4_FLOOR(0xFD68, "f32x4.floor", "v128 -> v128"),
    F32X4_TRUNC(0xFD69, "f32x4.trunc", "v128 -> v128"),
    F32X4_NEAREST(0xFD6A, "f32x4.nearest", "v128 -> v128"),
    I8X16_SHL(0xFD6B, "i8x16.shl", "v128 i32 -> v128"),
    I8X16_SHR_S(0xFD6C, "i8x16.shr_s", "v128 i32 -> v128"),
    I8X16_SHR_U(0xFD6D, "i8x16.shr_u", "v128 i32 -> v128"),
    I8X16_ADD(0xFD6E, "i8x16.add", "v128 v128 -> v128"),
    I8X16_ADD_SAT_S(0xFD6F, "i8x16.add_sat_s", "v128 v128 -> v128"),
    I8X16_ADD_SAT_U(0xFD70, "i8x16.add_sat_u", "v128 v128 -> v128"),
    I8X16_SUB(0xFD71, "i8x16.sub", "v128 v128 -> v128"),
    I8X16_SUB_SAT_S(0xFD72, "i8x16.sub_sat_s", "v128 v128 -> v128"),
    I8X16_SUB_SAT_U(0xFD73, "i8x16.sub_sat_u", "v128 v128 -> v128"),
    F64X2_CEIL(0xFD74, "f64x2.ceil", "v128 -> v128"),
    F64X2_FLOOR(0xFD75, "f64x2.floor", "v128 -> v128"),
    I8X16_MIN_S(0xFD76, "i8x16.min_s", "v128 v128 -> v128"),
    I8X16_MIN_U(0xFD77, "i8x16.min_u", "v128 v128 -> v128"),
    I8X16_MAX_S(0xFD78, "i8x16.max_s", "v128 v128 -> v128"),
    I8X16_MAX_U(0xFD79, "i8x16.max_u", "v128 v128 -> v128"),
    F64X2_TRUNC(0xFD7A, "f64x2.trunc", "v128 -> v128"),
    I8X16_AVGR_U(0xFD7B, "i8x16.avgr_u", "v128 v128 -> v128"),
    I16X8_EXTADD_PAIRWISE_I8X16_S(0xFD7C, "i16x8.extadd_pairwise_i8x16_s", "v128 -> v128"),
    I16X8_EXTADD_PAIRWISE_I8X16_U(0xFD7D, "i16x8.extadd_pairwise_i8x16_u", "v128 -> v128"),
    I32X4_EXTADD_PAIRWISE_I16X8_S(0xFD7E, "i32x4.extadd_pairwise_i16x8_s", "v128 -> v128"),
    I32X4_EXTADD_PAIRWISE_I16X8_U(0xFD7F, "i32x4.extadd_pairwise_i16x8_u", "v128 -> v128"),
    I16X8_ABS(0xFD80, "i16x8.abs", "v128 -> v128"),
    I16X8_NEG(0xFD81, "i16x8.neg", "v128 -> v128"),
    I16X8_Q15MULR_SAT_S(0xFD82, "i16x8.q15mulr_sat_s", "v128 v128 -> v128"),
    I16X8_ALL_TRUE(0xFD83, "i16x8.all_true", "v128 -> i32"),
    I16X8_BITMASK(0xFD84, "i16x8.bitmask", "v128 -> i32"),
    I16X8_NARROW_I32X4_S(0xFD85, "i16x8.narrow_i32x4_s", "v128 v128 -> v128"),
    I16X8_NARROW_I32X4_U(0xFD86, "i16x8.narrow_i32x4_u", "v128 v128 -> v128"),
    I16X8_EXTEND_LOW_I8X16_S(0xFD87, "i16x8.extend_low_i8x16_s", "v128 -> v128"),
    I16X8_EXTEND_HIGH_I8X16_S(0xFD88, "i16x8.extend_high_i8x16_s", "v128 -> v128"),
    I16X8_EXTEND_LOW_I8X16_U(0xFD89, "i16x8.extend_low_i8x16_u", "v128 -> v128"),
    I16X8_EXTEND_HIGH_I8X16_U(0xFD8A, "i16x8.extend_high_i8x16_u", "v128 -> v128"),
    I16X8_SHL(0xFD8B, "i16x8.shl", "v128 i32 -> v128"),
    I16X8_SHR_S(0xFD8C, "i16x8.shr_s", "v128 i32 -> v128"),
    I16X8_SHR_U(0xFD8D, "i16x8.shr_u", "v128 i32 -> v128"),
    I16X8_ADD(0xFD8E, "i16x8.add", "v128 v128 -> v128"),
    I16X8_ADD_SAT_S(0xFD8F, "i16x8.add_sat_s", "v128 v128 -> v128"),
    I16X8_ADD_SAT_U(0xFD90, "i16x8.add_sat_u", "v128 v128 -> v128"),
    I16X8_SUB(0xFD91, "i16x8.sub", "v128 v128 -> v128"),
    I16X8_SUB_SAT_S(0xFD92, "i16x8.sub_sat_s", "v128 v128 -> v128"),
    I16X8_SUB_SAT_U(0xFD93, "i16x8.sub_sat_u", "v128 v128 -> v128"),
    F64X2_NEAREST(0xFD94, "f64x2.nearest", "v128 -> v128"),
    I16X8_MUL(0xFD95, "i16x8.mul", "v128 v128 -> v128"),
    I16X8_MIN_S(0xFD96, "i16x8.min_s", "v128 v128 -> v128"),
    I16X8_MIN_U(0xFD97, "i16x8.min_u", "v128 v128 -> v128"),
    I16X8_MAX_S(0xFD98, "i16x8.max_s", "v128 v128 -> v128"),
    I16X8_MAX_U(0xFD99, "i16x8.max_u", "v128 v128 -> v128"),
    I16X8_AVGR_U(0xFD9B, "i16x8.avgr_u", "v128 v128 -> v128"),
    I16X8_EXTMUL_LOW_I8X16_S(0xFD9C, "i16x8.extmul_low_i8x16_s", "v128 v128 -> v128"),
    I16X8_EXTMUL_HIGH_I8X16_S(0xFD9D, "i16x8.extmul_high_i8x16_s", "v128 v128 -> v128"),
    I16X8_EXTMUL_LOW_I8X16_U(0xFD9E, "i16x8.extmul_low_i8x16_u", "v128 v128 -> v128"),
    I16X8_EXTMUL_HIGH_I8X16_U(0xFD9F, "i16x8.extmul_high_i8x16_u", "v128 v128 -> v128"),
    I32X4_ABS(0xFDA0, "i32x4.abs", "v128 -> v128"),
    I32X4_NEG(0xFDA1, "i32x4.neg", "v128 -> v128"),
    I32X4_ALL_TRUE(0xFDA3, "i32x4.all_true", "v128 -> i32"),
    I32X4_BITMASK(0xFDA4, "i32x4.bitmask", "v128 -> i32"),
    I32X4_EXTEND_LOW_I16X8_S(0xFDA7, "i32x4.extend_low_i16x8_s", "v128 -> v128"),
    I32X4_EXTEND_HIGH_I16X8_S(0xFDA8, "i32x4.extend_high_i16x8_s", "v128 -> v128"),
    I32X4_EXTEND_LOW_I16X8_U(0xFDA9, "i32x4.extend_low_i16x8_u", "v128 -> v128"),
    I32X4_EXTEND_HIGH_I16X8_U(0xFDAA, "i32x4.extend_high_i16x8_u", "v128 -> v128"),
    I32X4_SHL(0xFDAB, "i32x4.shl", "v128 i32 -> v128"),
    I32X4_SHR_S(0xFDAC, "i32x4.shr_s", "v128 i32 -> v128"),
    I32X4_SHR_U(0xFDAD, "i32x4.shr_u", "v128 i32 -> v128"),
    I32X4_ADD(0xFDAE, "i32x4.add", "v128 v128 -> v128"),
    I32X4_SUB(0xFDB1, "i32x4.sub", "v128 v128 -> v128"),
    I32X4_MUL(0xFDB5, "i32x4.mul", "v128 v128 -> v128"),
    I32X4_MIN_S(0xFDB6, "i32x4.min_s", "v128 v128 -> v128"),
    I32X4_MIN_U(0xFDB7, "i32x4.min_u", "v128 v128 -> v128"),
    I32X4_MAX_S(0xFDB8, "i32x4.max_s", "v128 v128 -> v128"),
    I32X4_MAX_U(0xFDB9, "i32x4.max_u", "v128 v128 -> v128"),
    I32X4_DOT_I16X8_S(0xFDBA, "i32x4.dot_i16x8_s", "v128 v128 -> v128"),
    I32X4_EXTMUL_LOW_I16X8_S(0xFDBC, "i32x4.extmul_low_i16x8_s", "v128 v128 -> v128"),
    I32X4_EXTMUL_HIGH_I16X8_S(0xFDBD, "i32x4.extmul_high_i16x8_s", "v128 v128 -> v128"),
    I32X4_EXTMUL_LOW_I16X8_U(0xFDBE, "i32x4.extmul_low_i16x8_u", "v128 v128 -> v128"),
    I32X4_EXTMUL_HIGH_I16X8_U(0xFDBF, "i32x4.extmul_high_i16x8_u", "v128 v128 -> v128"),
    I64X2_ABS(0xFDC0, "i64x2.abs", "v128 -> v128"),
    I64X2_NEG(0xFDC1, "i64x2.neg", "v128 -> v128"),
    I64X2_ALL_TRUE(0xFDC3, "i64x2.all_true", "v128 -> i32"),
    I64X2_BITMASK(0xFDC4, "i64x2.bitmask", "v128 -> i32"),
    I64X2_EXTEND_LOW_I32X4_S(0xFDC7, "i64x2.extend_low_i32x4_s", "v128 -> v128"),
    I64X2_EXTEND_HIGH_I32X4_S(0xFDC8, "i64x2.extend_high_i32x4_s", "v128 -> v128"),
    I64X2_EXTEND_LOW_I32X4_U(0xFDC9, "i64x2.extend_low_i32x4_u", "v128 -> v128"),
    I64X2_EXTEND_HIGH_I32X4_U(0xFDCA, "i64x2.extend_high_i32x4_u", "v128 -> v128"),
    I64X2_SHL(0xFDCB, "i64x2.shl", "v128 i32 -> v128"),
    I64X2_SHR_S(0xFDCC, "i64x2.shr_s", "v128 i32 -> v128"),
    I64X2_SHR_U(0xFDCD, "i64x2.shr_u", "v128 i32 -> v128"),
    I64X2_ADD(0xFDCE, "i64x2.add", "v128 v128 -> v128"),
    I64X2_SUB(0xFDD1, "i64x2.sub", "v128 v128 -> v128"),
    I64X2_MUL(0xFDD5, "i64x2.mul", "v128 v128 -> v128"),
    I64X2_EQ(0xFDD6, "i64x2.eq", "v128 v128 -> v128"),
    I64X2_NE(0xFDD7, "i64x2.ne", "v128 v128 -> v128"),
    I64X2_LT_S(0xFDD8, "i64x2.lt_s", "v128 v128 -> v128"),
    I64X2_GT_S(0xFDD9, "i64x2.gt_s", "v128 v128 -> v128"),
    I64X2_LE_S(0xFDDA, "i64x2.le_s", "v128 v128 -> v128"),
    I64X2_GE_S(0xFDDB, "i64x2.ge_s", "v128 v128 -> v128"),
    I64X2_EXTMUL_LOW_I32X4_S(0xFDDC, "i64x2.extmul_low_i32x4_s", "v128 v128 -> v128"),
    I64X2_EXTMUL_HIGH_I32X4_S(0xFDDD, "i64x2.extmul_high_i32x4_s", "v128 v128 -> v128"),
    I64X2_EXTMUL_LOW_I32X4_U(0xFDDE, "i64x2.extmul_low_i32x4_u", "v128 v128 -> v128"),
    I64X2_EXTMUL_HIGH_I32X4_U(0xFDDF, "i64x2.extmul_high_i32x4_u", "v128 v128 -> v128"),
    F32X4_ABS(0xFDE0, "f32x4.abs", "v128 -> v128"),
    F32X4_NEG(0xFDE1, "f32x4.neg", "v128 -> v128"),
    F32X4_SQRT(0xFDE3, "f32x4.sqrt", "v128 -> v128"),
    F32X4_ADD(0xFDE4, "f32x4.add", "v128 v128 -> v128"),
    F32X4_SUB(0xFDE5, "f32x4.sub", "v128 v128 -> v128"),
    F32X4_MUL(0xFDE6, "f32x4.mul", "v128 v128 -> v128"),
    F32X4_DIV(0xFDE7, "f32x4.div", "v128 v128 -> v128"),
    F32X4_MIN(0xFDE8, "f32x4.min", "v128 v128 -> v128"),
    F32X4_MAX(0xFDE9, "f32x4.max", "v128 v128 -> v128"),
    F32X4_PMIN(0xFDEA, "f32x4.pmin", "v128 v128 -> v128"),
    F32X4_PMAX(0xFDEB, "f32x4.pmax", "v128 v128 -> v128"),
    F64X2_ABS(0xFDEC, "f64x2.abs", "v128 -> v128"),
    F64X2_NEG(0xFDED, "f64x2.neg", "v128 -> v128"),
    F64X2_SQRT(0xFDEF, "f64x2.sqrt", "v128 -> v128"),
    F64X2_ADD(0xFDF0, "f64x2.add", "v128 v128 -> v128"),
    F64X2_SUB(0xFDF1, "f64x2.sub", "v128 v128 -> v128"),
    F64X2_MUL(0xFDF2, "f64x2.mul", "v128 v128 -> v128"),
    F64X2_DIV(0xFDF3, "f64x2.div", "v128 v128 -> v128"),
    F64X2_MIN(0xFDF4, "f64x2.min", "v128 v128 -> v128"),
    F64X2_MAX(0xFDF5, "f64x2.max", "v128 v128 -> v128"),
    F64X2_PMIN(0xFDF6, "f64x2.pmin", "v128 v128 -> v128"),
    F64X2_PMAX(0xFDF7, "f64x2.pmax", "v128 v128 -> v128"),
    I32X4_TRUNC_SAT_F32X4_S(0xFDF8, "i32x4.trunc_sat_f32x4_s", "v128 -> v128"),
    I32X4_TRUNC_SAT_F32X4_U(0xFDF9, "i32x4.trunc_sat_f32x4_u", "v128 -> v128"),
    F32X4_CONVERT_I32X4_S(0xFDFA, "f32x4.convert_i32x4_s", "v128 -> v128"),
    F32X4_CONVERT_I32X4_U(0xFDFB, "f32x4.convert_i32x4_u", "v128 -> v128"),
    I32X4_TRUNC_SAT_F64X2_S_ZERO(0xFDFC, "i32x4.trunc_sat_f64x2_s_zero", "v128 -> v128"),
    I32X4_TRUNC_SAT_F64X2_U_ZERO(0xFDFD, "i32x4.trunc_sat_f64x2_u_zero", "v128 -> v128"),
    F64X2_CONVERT_LOW_I32X4_S(0xFDFE, "f64x2.convert_low_i32x4_s", "v128 -> v128"),
    F64X2_CONVERT_LOW_I32X4_U(0xFDFF, "f64x2.convert_low_i32x4_u", "v128 -> v128");

    private static final @Nullable Opcode[] PLAIN = page(0x00);
    private static final @Nullable Opcode[] PREFIX_FC = page(0xFC);
    private static final @Nullable Opcode[] PREFIX_FD = page(0xFD);

    private final int code;
    private final String mnemonic;
    private final Family family;
    private final Immediate immediate;

    @SuppressWarnings("ImmutableEnumChecker") // immutable, though not declared so with an annotation
    private final @Nullable FunctionType type;

    private final int width;
    private final int lanes;

    /** One whose type depends on its immediates or context. */
    Opcode(int code, String mnemonic, Family family, Immediate immediate) {
        this(code, mnemonic, family, immediate, null, 0, 0);
    }

    Opcode(int code, String mnemonic, Family family, Immediate immediate, String type) {
        this(code, mnemonic, family, immediate, type, 0, 0);
    }

    /** One that names lanes. */
    Opcode(int code, String mnemonic, Family family, Immediate immediate, String type, int lanes) {
        this(code, mnemonic, family, immediate, type, 0, lanes);
    }

    /** A numeric or vector instruction without immediates. */
    Opcode(int code, String mnemonic, String type) {
        this(code, mnemonic, code >> 8 == 0xFD ? Family.VECTOR : Family.NUMERIC, Immediate.NONE, type, 0, 0);
    }

    /** A load or store. */
    Opcode(int code, String mnemonic, String type, int width) {
        this(code, mnemonic, Family.MEMORY, Immediate.MEMORY_ARGUMENT, type, width, 0);
    }

    /** A load or store of one lane. */
    Opcode(int code, String mnemonic, String type, int width, int lanes) {
        this(code, mnemonic, Family.MEMORY, Immediate.MEMORY_ARGUMENT_LANE, type, width, lanes);
    }

    Opcode(int code, String mnemonic, Family family, Immediate immediate, @Nullable String type, int width, int lanes) {
        this.code = code;
        this.mnemonic = mnemonic;
        this.family = family;
        this.immediate = immediate;
        this.type = type == null ? null : functionType(type);
        this.width = width;
        this.lanes = lanes;
    }

    /** The instruction without a prefix that has this opcode, or null. */
    static @Nullable Opcode of(int code) {
        return PLAIN[code];
    }

    /** The instruction that has this opcode behind a prefix byte, or null. */
    static @Nullable Opcode of(int prefix, int code) {
        @Nullable Opcode[] page = prefix == 0xFC ? PREFIX_FC : PREFIX_FD;
        return code >= 0 && code < page.length ? page[code] : null;
    }

    /** The opcode; one behind a prefix byte has the prefix in bits 8 to 15. */
    public int code() {
        return code;
    }

    /** The name in the text format. */
    public String mnemonic() {
        return mnemonic;
    }

    public Family family() {
        return family;
    }

    public Immediate immediate() {
        return immediate;
    }

    /** What it takes from the operand stack and puts there, or null if that depends on immediates or context. */
    public @Nullable FunctionType type() {
        return type;
    }

    /** How many bytes a load or store accesses, which is also its natural alignment; 0 for other instructions. */
    public int width() {
        return width;
    }

    /** The number that a lane immediate must be below; 0 for other instructions. */
    public int lanes() {
        return lanes;
    }

    @Override
    public String toString() {
        return mnemonic;
    }

    private static @Nullable Opcode[] page(int prefix) {
        @Nullable Opcode[] page = new Opcode[256];
        for (Opcode opcode : values()) {
            if (opcode.code >> 8 == prefix) {
                page[opcode.code & 0xFF] = opcode;
            }
        }
        return page;
    }

    private static FunctionType functionType(String text) {
        String[] sides = text.split("->", -1);
        return new FunctionType(valueTypes(sides[0]), valueTypes(sides[1]));
    }

    private static List<ValueType> valueTypes(String names) {
        return Arrays.stream(names.trim().split(" "))
                .filter(name -> !name.isEmpty())
                .map(Opcode::valueType)
                .toList();
    }

    private static ValueType valueType(String name) {
        return Arrays.stream(ValueType.values())
                .filter(type -> type.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
