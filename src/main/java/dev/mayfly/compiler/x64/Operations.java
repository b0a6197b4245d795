package dev.mayfly.compiler.x64;

import dev.mayfly.abi.FunctionDescriptor;
import dev.mayfly.compiler.ssa.Instructions;

/** Lowers each instruction that does not end its block. */
final class Operations {

    private final Instructions instructions;
    private final Selection selection;
    private final Comparisons comparisons;
    private final Calls calls;
    private final Integers integers;
    private final Floats floats;
    private final Accesses accesses;

    Operations(Selection selection, Comparisons comparisons, Calls calls) {
        this.selection = selection;
        this.instructions = selection.instructions();
        this.comparisons = comparisons;
        this.calls = calls;
        integers = new Integers(selection);
        floats = new Floats(selection);
        accesses = new Accesses(selection);
    }

    /** Emits what an instruction takes. */
    void lower(int i) {
        switch (instructions.opcode(i)) {
            case CONST -> throw new IllegalStateException("a constant is lowered where it is used");
            case ADD -> integers.add(i);
            case SUB -> integers.subtract(i);
            case MUL -> integers.multiply(i);
            case DIV_S -> integers.divide(i, true, false);
            case DIV_U -> integers.divide(i, false, false);
            case REM_S -> integers.divide(i, true, true);
            case REM_U -> integers.divide(i, false, true);
            case AND -> integers.and(i);
            case OR -> integers.or(i);
            case XOR -> integers.exclusiveOr(i);
            case SHL -> integers.shift(i, Op.SHL, Op.SHLI);
            case SHR_S -> integers.shift(i, Op.SAR, Op.SARI);
            case SHR_U -> integers.shift(i, Op.SHR, Op.SHRI);
            case ROTL -> integers.shift(i, Op.ROL, Op.ROLI);
            case ROTR -> integers.shift(i, Op.ROR, Op.RORI);
            case CLZ -> integers.countZeros(i, true);
            case CTZ -> integers.countZeros(i, false);
            case POPCNT -> integers.convert(i, Op.POPCNT, resultSize(i));
            case SEXT8 -> integers.convert(i, Op.MOVSX8, resultSize(i));
            case SEXT16 -> integers.convert(i, Op.MOVSX16, resultSize(i));
            case SEXT32, EXTEND_S -> integers.convert(i, Op.MOVSXD, 8);
            case WRAP, EXTEND_U -> integers.convert(i, Op.LOAD, 4);
            case ICMP, FCMP -> comparisons.lower(i);
            case SELECT -> comparisons.select(i);
            case FADD -> floats.operate(i, Op.ADDSS, Op.ADDSD, true);
            case FSUB -> floats.operate(i, Op.SUBSS, Op.SUBSD, false);
            case FMUL -> floats.operate(i, Op.MULSS, Op.MULSD, true);
            case FDIV -> floats.operate(i, Op.DIVSS, Op.DIVSD, false);
            case FMIN -> floats.minimumOrMaximum(i, true);
            case FMAX -> floats.minimumOrMaximum(i, false);
            case FCOPYSIGN -> floats.copySign(i);
            case FABS -> floats.absolute(i);
            case FNEG -> floats.negate(i);
            case FSQRT -> floats.squareRoot(i);
            case FCEIL -> floats.ceiling(i);
            case FFLOOR -> floats.floor(i);
            case FTRUNC -> floats.truncate(i);
            case FNEAREST -> floats.nearest(i);
            case PROMOTE -> floats.resize(i, Op.CVTSS2SD);
            case DEMOTE -> floats.resize(i, Op.CVTSD2SS);
            case CONVERT_S -> floats.convertSigned(i);
            case CONVERT_U -> floats.convertUnsigned(i);
            case TRUNC_S -> floats.toInteger(i, true, false);
            case TRUNC_U -> floats.toInteger(i, false, false);
            case TRUNC_SAT_S -> floats.toInteger(i, true, true);
            case TRUNC_SAT_U -> floats.toInteger(i, false, true);
            case BITCAST -> floats.bitcast(i);
            case LOAD -> accesses.load(i);
            case LOAD8_S -> accesses.loadPart(i, Op.MOVSX8);
            case LOAD8_U -> accesses.load(i, Op.MOVZX8, 4);
            case LOAD16_S -> accesses.loadPart(i, Op.MOVSX16);
            case LOAD16_U -> accesses.load(i, Op.MOVZX16, 4);
            case LOAD32_S -> accesses.load(i, Op.MOVSXD, 8);
            case LOAD32_U -> accesses.load(i, Op.LOAD, 4);
            case STORE -> accesses.store(i);
            case STORE8 -> accesses.store(i, Op.STORE8, Op.MOVI8, 4);
            case STORE16 -> accesses.store(i, Op.STORE16, Op.MOVI16, 4);
            case STORE32 -> accesses.store(i, Op.STORE, Op.MOVI, 4);
            case MEMORY_BYTES -> accesses.memoryBytes(i);
            case GLOBAL_GET -> accesses.globalGet(i);
            case GLOBAL_SET -> accesses.globalSet(i);
            case TABLE_SIZE -> accesses.tableSize(i);
            case TABLE_LOAD -> accesses.tableLoad(i);
            case TABLE_STORE -> accesses.tableStore(i);
            case FUNCTION_REFERENCE -> accesses.functionReference(i);
            case REFERENCE_TYPE -> accesses.descriptorField(i, FunctionDescriptor.TYPE);
            case REFERENCE_CODE -> accesses.descriptorField(i, FunctionDescriptor.CODE);
            case CALL -> calls.call(i);
            case CALL_INDIRECT -> calls.callIndirect(i);
            case BUILTIN -> calls.builtin(i);
            case TRAP_IF -> {
                Flags flags = comparisons.flags(instructions.argument(i, 0));
                selection.emit(new ControlFlow.TrapIf(flags, instructions.trapCode(i)));
            }
            case JUMP, BRANCH, SWITCH, RETURN, TRAP ->
                throw new IllegalStateException("a terminator in the middle of a block");
        }
    }

    private int resultSize(int instruction) {
        return selection.size(instructions.result(instruction));
    }
}
