package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.regalloc.Location;
import dev.mayfly.compiler.regalloc.Role;
import org.jspecify.annotations.Nullable;

/** One instruction of {@link Op}. */
final class Operation extends MachineInstruction {

    private static final int NONE = -1;

    private final Op op;
    private final int size;
    private @Nullable Condition condition;
    private int register = NONE;
    private int rm = NONE;
    private @Nullable Address address;
    private int base = NONE;
    private int index = NONE;
    private boolean immediate;
    private int immediateValue;
    private boolean constant;
    private long constantBits;
    private int count = NONE;
    private boolean linearMemory;
    private int accessPosition;

    private Operation(Op op, int size) {
        this.op = op;
        this.size = size;
    }

    /** A register and a register. */
    static Operation of(Op op, int size, int register, int rm) {
        Operation operation = new Operation(op, size);
        operation.register = operation.operand(registerRole(op), register);
        operation.rm = operation.operand(op == Op.MOVD_TO ? Role.DEFINE : rmRole(op), rm);
        return operation;
    }

    /** A register and memory. */
    static Operation of(Op op, int size, int register, Address address) {
        Operation operation = new Operation(op, size);
        operation.register = operation.operand(registerRole(op), register);
        return operation.withAddress(address);
    }

    /** A register and 8 bytes among the constants behind the code. */
    static Operation withConstant(Op op, int size, int register, long bits) {
        Operation operation = new Operation(op, size);
        operation.register = operation.operand(registerRole(op), register);
        operation.constant = true;
        operation.constantBits = bits;
        return operation;
    }

    /** An instruction with a number in the place of a register, and a register. */
    static Operation unary(Op op, int size, int rm) {
        Operation operation = new Operation(op, size);
        operation.rm = operation.operand(unaryRole(op), rm);
        return operation;
    }

    /** An instruction with a number in the place of a register, and memory. */
    static Operation unary(Op op, int size, Address address) {
        return new Operation(op, size).withAddress(address);
    }

    /** {@code r/m} shifted by the count in a register. */
    static Operation shift(Op op, int size, int register, int rm, int count) {
        Operation operation = new Operation(op, size);
        operation.register = operation.operand(Role.DEFINE, register);
        operation.rm = operation.operand(Role.USE, rm);
        operation.count = operation.operand(Role.USE, count);
        return operation;
    }

    private static Role registerRole(Op op) {
        return switch (op.form()) {
            case MODIFY, MODIFY_PACKED -> Role.MODIFY;
            case DEFINE -> Role.DEFINE;
            case READ, STORE -> Role.USE;
        };
    }

    private static Role rmRole(Op op) {
        return op.form() == Op.Form.MODIFY_PACKED ? Role.USE : Role.USE_ANYWHERE;
    }

    private static Role unaryRole(Op op) {
        return switch (op.form()) {
            case MODIFY, MODIFY_PACKED -> Role.MODIFY;
            case DEFINE, STORE -> Role.DEFINE;
            case READ -> Role.USE_ANYWHERE;
        };
    }

    private Operation withAddress(Address newAddress) {
        address = newAddress;
        base = newAddress.base() == Registers.NONE ? NONE : operand(Role.USE, newAddress.base());
        index = newAddress.index() == Registers.NONE ? NONE : operand(Role.USE, newAddress.index());
        return this;
    }

    Operation on(Condition newCondition) {
        condition = newCondition;
        return this;
    }

    Operation immediate(int value) {
        immediate = true;
        immediateValue = value;
        return this;
    }

    /** It also reads or writes a physical register that does not stand in it. */
    Operation implicitly(Role role, int physicalRegister) {
        operand(role, physicalRegister);
        return this;
    }

    /** It accesses linear memory, so it may fault; the access stems from the position. */
    Operation inLinearMemory(int position) {
        linearMemory = true;
        accessPosition = position;
        return this;
    }

    int size() {
        return size;
    }

    /** The register that is tested against itself, or -1 where it is something else that this does. */
    int testedRegister(Emission emission) {
        boolean tests = op == Op.TEST && rm != NONE && emission.location(register) == emission.location(rm);
        return tests ? emission.location(register) : NONE;
    }

    /** Whether the zero and the sign flag describe the register that it writes. */
    boolean setsFlagsByResult() {
        return switch (op) {
            case ADD, SUB, ADDI, SUBI, NEG -> register != NONE || rm != NONE;
            case LEA -> rm == NONE && index == NONE && base != NONE;
            default -> setsFlagsLikeTest();
        };
    }

    /** Whether all flags are as a test of the register would set them. */
    boolean setsFlagsLikeTest() {
        return switch (op) {
            case AND, OR, XOR, ANDI, ORI, XORI -> register != NONE || rm != NONE;
            default -> false;
        };
    }

    /** The register that it writes; of a sum only if it is also one that it reads. */
    int resultRegister(Emission emission) {
        if (op == Op.LEA) {
            return isIncrement(emission) ? emission.location(register) : NONE;
        }
        return emission.location(register == NONE ? rm : register);
    }

    /** Whether the address that it computes is one of its own register and a number. */
    private boolean isIncrement(Emission emission) {
        return op == Op.LEA
                && address != null
                && base != NONE
                && index == NONE
                && !address.wraps()
                && emission.location(base) == emission.location(register);
    }

    @Override
    void emit(Emission emission) {
        if (isIncrement(emission) && address != null) {
            // Shorter, and may change the flags: what computes an address stands before what sets them for others.
            emission.assembler().emit(Op.ADDI, size, 0, emission.location(register), address.displacement());
            return;
        }
        if (linearMemory) {
            emission.memoryAccess(accessPosition);
        }
        Assembler assembler = emission.assembler();
        int field = register == NONE ? 0 : emission.location(register);
        Address memory = memory(emission);
        if (count != NONE) {
            assembler.emitVex(op, size, field, emission.location(rm), emission.location(count));
        } else if (memory == null) {
            emit(assembler, field, emission.location(rm));
        } else {
            emit(assembler, field, memory);
        }
    }

    private @Nullable Address memory(Emission emission) {
        if (constant) {
            return emission.constant(constantBits);
        }
        if (address != null) {
            return address.with(
                    base == NONE ? Registers.NONE : emission.location(base),
                    index == NONE ? Registers.NONE : emission.location(index));
        }
        int location = emission.location(rm);
        return Location.isSlot(location) ? emission.slot(location) : null;
    }

    private void emit(Assembler assembler, int field, int location) {
        if (condition != null) {
            assembler.emit(op, condition, size, field, location);
        } else if (immediate) {
            assembler.emit(op, size, field, location, immediateValue);
        } else {
            assembler.emit(op, size, field, location);
        }
    }

    private void emit(Assembler assembler, int field, Address memory) {
        if (condition != null) {
            assembler.emit(op, condition, size, field, memory);
        } else if (immediate) {
            assembler.emit(op, size, field, memory, immediateValue);
        } else {
            assembler.emit(op, size, field, memory);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(op.mnemonic(size));
        if (condition != null) {
            text.append(condition);
        }
        String memory = constant
                ? "0x" + Long.toHexString(constantBits)
                : address == null ? name(rm, rmBytes()) : address.toString();
        if (register == NONE) {
            text.append(' ').append(address == null ? "" : widthOfMemory()).append(memory);
        } else if (op.form() == Op.Form.STORE) {
            text.append(' ').append(memory).append(", ").append(name(register, registerBytes()));
        } else {
            text.append(' ').append(name(register, registerBytes())).append(", ");
            text.append(address == null || op == Op.LEA ? "" : widthOfMemory()).append(memory);
        }
        if (count != NONE) {
            text.append(", ").append(name(count, size));
        }
        if (immediate) {
            text.append(", ").append(immediateValue);
        }
        return text.toString();
    }

    private int registerBytes() {
        return op == Op.STORE8 ? 1 : op == Op.STORE16 ? 2 : size;
    }

    private int rmBytes() {
        return switch (op) {
            case MOVZX8, MOVSX8, SET -> 1;
            case MOVZX16, MOVSX16 -> 2;
            case MOVSXD -> 4;
            default -> size;
        };
    }

    private String widthOfMemory() {
        int bytes =
                switch (op) {
                    case MOVZX8, MOVSX8, MOVI8 -> 1;
                    case MOVZX16, MOVSX16, MOVI16 -> 2;
                    case MOVSXD -> 4;
                    default -> size;
                };
        return switch (bytes) {
            case 1 -> "byte ";
            case 2 -> "word ";
            case 4 -> "dword ";
            case 8 -> "qword ";
            default -> "";
        };
    }
}
