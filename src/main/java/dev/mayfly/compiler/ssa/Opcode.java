package dev.mayfly.compiler.ssa;

import static dev.mayfly.compiler.ssa.Effect.CALLS;
import static dev.mayfly.compiler.ssa.Effect.GUARDED;
import static dev.mayfly.compiler.ssa.Effect.NONE;
import static dev.mayfly.compiler.ssa.Effect.READS;
import static dev.mayfly.compiler.ssa.Effect.TERMINATES;
import static dev.mayfly.compiler.ssa.Effect.TRAPS;
import static dev.mayfly.compiler.ssa.Effect.WRITES;

/**
 * The operations. Most are those of WebAssembly (core specification 2.0, section 4.3) without the width, which the types
 * of the operands say; the differences are described at each.
 *
 * <p>The pattern gives the types, arguments before {@code >} and result behind it: {@code 4} i32, {@code 8} i64, {@code
 * F} f32, {@code D} f64; a small letter is any type of a kind, the same one wherever it recurs: {@code i} an integer,
 * {@code f} a float, {@code a} and {@code b} anything. {@code *} is any number of anything.
 */
public enum Opcode {
    /** The immediate's bits as a value; an f32's are the lower 32, an i32's are sign-extended. */
    CONST("const", ">a", NONE),

    ADD("add", "ii>i", NONE),
    SUB("sub", "ii>i", NONE),
    MUL("mul", "ii>i", NONE),
    /** The divisor is not zero, and this is not the smallest number divided by -1. */
    DIV_S("div_s", "ii>i", GUARDED),
    /** The divisor is not zero. */
    DIV_U("div_u", "ii>i", GUARDED),
    /** The divisor is not zero; by -1 the remainder of any number is zero. */
    REM_S("rem_s", "ii>i", GUARDED),
    /** The divisor is not zero. */
    REM_U("rem_u", "ii>i", GUARDED),
    AND("and", "ii>i", NONE),
    OR("or", "ii>i", NONE),
    XOR("xor", "ii>i", NONE),
    /** Shifts and rotations take the count modulo the width. */
    SHL("shl", "ii>i", NONE),
    SHR_S("shr_s", "ii>i", NONE),
    SHR_U("shr_u", "ii>i", NONE),
    ROTL("rotl", "ii>i", NONE),
    ROTR("rotr", "ii>i", NONE),
    CLZ("clz", "i>i", NONE),
    CTZ("ctz", "i>i", NONE),
    POPCNT("popcnt", "i>i", NONE),
    /** Extends the sign of the lowest 8, 16 or 32 bits over the rest. */
    SEXT8("sext8", "i>i", NONE),
    SEXT16("sext16", "i>i", NONE),
    SEXT32("sext32", "8>8", NONE),
    /** The lower half. */
    WRAP("wrap", "8>4", NONE),
    EXTEND_S("extend_s", "4>8", NONE),
    EXTEND_U("extend_u", "4>8", NONE),
    /** Compares as an {@link IntCondition} says; 1 where it holds, else 0. */
    ICMP("icmp", "ii>4", NONE),
    /** Compares as a {@link FloatCondition} says; 1 where it holds, else 0. */
    FCMP("fcmp", "ff>4", NONE),
    /** The second argument where the first is not zero, else the third. */
    SELECT("select", "4aa>a", NONE),

    FADD("fadd", "ff>f", NONE),
    FSUB("fsub", "ff>f", NONE),
    FMUL("fmul", "ff>f", NONE),
    FDIV("fdiv", "ff>f", NONE),
    FMIN("fmin", "ff>f", NONE),
    FMAX("fmax", "ff>f", NONE),
    FCOPYSIGN("fcopysign", "ff>f", NONE),
    FABS("fabs", "f>f", NONE),
    FNEG("fneg", "f>f", NONE),
    FSQRT("fsqrt", "f>f", NONE),
    FCEIL("fceil", "f>f", NONE),
    FFLOOR("ffloor", "f>f", NONE),
    FTRUNC("ftrunc", "f>f", NONE),
    FNEAREST("fnearest", "f>f", NONE),
    PROMOTE("promote", "F>D", NONE),
    DEMOTE("demote", "D>F", NONE),
    CONVERT_S("convert_s", "i>f", NONE),
    CONVERT_U("convert_u", "i>f", NONE),
    /** Traps with INVALID_CONVERSION_TO_INTEGER on a NaN and INTEGER_OVERFLOW outside of the result's range. */
    TRUNC_S("trunc_s", "f>i", TRAPS),
    TRUNC_U("trunc_u", "f>i", TRAPS),
    TRUNC_SAT_S("trunc_sat_s", "f>i", NONE),
    TRUNC_SAT_U("trunc_sat_u", "f>i", NONE),
    /** The same bits as another type of the same size. */
    BITCAST("bitcast", "a>b", NONE),

    /**
     * Loads and stores access linear memory at the first argument plus the immediate, both unsigned and added without
     * wrapping around. They trap with MEMORY_OUT_OF_BOUNDS. The auxiliary number is the logarithm of the alignment that
     * the module promises; it is a hint, and a wrong one costs time only.
     */
    LOAD("load", "4>a", READS | TRAPS),
    LOAD8_S("load8_s", "4>i", READS | TRAPS),
    LOAD8_U("load8_u", "4>i", READS | TRAPS),
    LOAD16_S("load16_s", "4>i", READS | TRAPS),
    LOAD16_U("load16_u", "4>i", READS | TRAPS),
    LOAD32_S("load32_s", "4>8", READS | TRAPS),
    LOAD32_U("load32_u", "4>8", READS | TRAPS),
    /** Stores the second argument, or its lowest 8, 16 or 32 bits. */
    STORE("store", "4a>", WRITES | TRAPS),
    STORE8("store8", "4i>", WRITES | TRAPS),
    STORE16("store16", "4i>", WRITES | TRAPS),
    STORE32("store32", "48>", WRITES | TRAPS),
    /** Linear memory's current size in bytes. */
    MEMORY_BYTES("memory_bytes", ">8", READS),

    /** The immediate is the global's index. */
    GLOBAL_GET("global_get", ">a", READS),
    GLOBAL_SET("global_set", "a>", WRITES),
    /** The immediate is the table's index, here and below; the current number of elements. */
    TABLE_SIZE("table_size", ">4", READS),
    /** The element at an index known to be smaller than the table's size. */
    TABLE_LOAD("table_load", "4>8", READS | GUARDED),
    TABLE_STORE("table_store", "48>", WRITES | GUARDED),

    /** A reference to the function whose index is the immediate. */
    FUNCTION_REFERENCE("function_reference", ">8", NONE),
    /** What a reference known not to be null says of its function: the number of its type. */
    REFERENCE_TYPE("reference_type", "8>4", GUARDED),
    /** And the address of its code. */
    REFERENCE_CODE("reference_code", "8>8", GUARDED),

    /** Calls the function, imported or not, whose index is the immediate. */
    CALL("call", "*>*", READS | WRITES | TRAPS | CALLS),
    /** Calls the code at the address that is the first argument. */
    CALL_INDIRECT("call_indirect", "8*>*", READS | WRITES | TRAPS | CALLS),
    /** Calls a routine of the runtime, a {@link Builtin}. */
    BUILTIN("builtin", "*>*", READS | WRITES | TRAPS | CALLS),

    /** Traps with a trap code unless the argument is zero. */
    TRAP_IF("trap_if", "4>", TRAPS),

    /** Goes along the block's only edge. */
    JUMP("jump", ">", TERMINATES),
    /** Goes along the first edge unless the argument is zero, else along the second. */
    BRANCH("branch", "4>", TERMINATES),
    /** Goes along the edge that the argument, unsigned, numbers, and along the last one where there is no such edge. */
    SWITCH("switch", "4>", TERMINATES),
    RETURN("return", "*>", TERMINATES),
    /** Traps with a trap code. */
    TRAP("trap", ">", TERMINATES | TRAPS);

    private static final Opcode[] ALL = values();

    private final String text;
    private final String pattern;
    private final int effects;

    Opcode(String text, String pattern, int effects) {
        this.text = text;
        this.pattern = pattern;
        this.effects = effects;
    }

    static Opcode of(int ordinal) {
        return ALL[ordinal];
    }

    /** The types of arguments and result (above). */
    String pattern() {
        return pattern;
    }

    private boolean has(int effect) {
        return (effects & effect) != 0;
    }

    public boolean isTerminator() {
        return has(TERMINATES);
    }

    /** Whether the result depends on memory, globals or tables. */
    public boolean readsMemory() {
        return has(READS);
    }

    /** Whether it changes memory, globals or tables. */
    public boolean writesMemory() {
        return has(WRITES);
    }

    public boolean mayTrap() {
        return has(TRAPS);
    }

    /** Whether other code runs in between. */
    public boolean isCall() {
        return has(CALLS);
    }

    /** Whether it can go when nobody uses its results. */
    public boolean isRemovable() {
        return !has(WRITES | TRAPS | CALLS | TERMINATES);
    }

    /** Whether an equal instruction that dominates it makes it superfluous. */
    public boolean isMergeable() {
        return !has(READS | WRITES | CALLS | TERMINATES);
    }

    /** Whether it may be carried out where it was not asked for, such as before a loop. */
    public boolean isSpeculatable() {
        return !has(READS | WRITES | TRAPS | CALLS | TERMINATES | GUARDED);
    }

    /** Whether the first two arguments may change places. */
    public boolean isCommutative() {
        return switch (this) {
            case ADD, MUL, AND, OR, XOR, FADD, FMUL, FMIN, FMAX -> true;
            default -> false;
        };
    }

    /** The operation's name in the text form. */
    @Override
    public String toString() {
        return text;
    }
}
