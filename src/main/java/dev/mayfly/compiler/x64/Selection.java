package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.regalloc.RegisterClass;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Instructions;
import dev.mayfly.compiler.ssa.Opcode;
import dev.mayfly.compiler.ssa.Type;
import dev.mayfly.compiler.ssa.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the lowering of each SSA instruction draws on. A function is lowered from its end to its start: when an
 * instruction's turn comes, it is known which of its results anybody asked for, and whether its user did its work already.
 */
final class Selection {

    private final Function function;
    private final MachineFunction machine;
    private final CpuFeatures features;

    /** The virtual register of each value that somebody asked for. */
    private final int[] registers;

    private final int[] uses;

    /** How many instructions of its block with effects come before each instruction. */
    private final int[] effectsBefore;

    private final boolean[] folded;
    private List<MachineInstruction> group = new ArrayList<>();
    private int root;

    Selection(Function function, MachineFunction machine, CpuFeatures features) {
        this.function = function;
        this.machine = machine;
        this.features = features;
        registers = new int[function.values().count()];
        Arrays.fill(registers, Registers.NONE);
        uses = new int[registers.length];
        effectsBefore = new int[function.instructions().count()];
        folded = new boolean[effectsBefore.length];
        for (int i = 0; i < function.blocks().ordered(); i++) {
            countUses(function.blocks().inOrder(i));
        }
    }

    private void countUses(int block) {
        Instructions instructions = function.instructions();
        int effects = 0;
        for (int i = function.blocks().firstInstruction(block); i != Instructions.NONE; i = instructions.next(i)) {
            effectsBefore[i] = effects;
            for (int argument = 0; argument < instructions.argumentCount(i); argument++) {
                uses[instructions.argument(i, argument)]++;
            }
            Opcode opcode = instructions.opcode(i);
            if (opcode.writesMemory() || opcode.mayTrap() || opcode.isCall()) {
                effects++;
            }
        }
        for (int i = 0; i < function.blocks().successorCount(block); i++) {
            int edge = function.blocks().successor(block, i);
            for (int argument = 0; argument < function.edges().argumentCount(edge); argument++) {
                uses[function.edges().argument(edge, argument)]++;
            }
        }
    }

    Function function() {
        return function;
    }

    Instructions instructions() {
        return function.instructions();
    }

    MachineFunction machine() {
        return machine;
    }

    CpuFeatures features() {
        return features;
    }

    Type type(int value) {
        return function.values().type(value);
    }

    int size(int value) {
        return type(value).bytes();
    }

    /** Starts collecting machine instructions for an instruction. */
    void begin(int instruction) {
        root = instruction;
        group = new ArrayList<>();
    }

    /** What has been emitted, in order. */
    List<MachineInstruction> end() {
        for (MachineInstruction instruction : group) {
            instruction.at(instructions().position(root));
        }
        return group;
    }

    void emit(MachineInstruction instruction) {
        group.add(instruction);
    }

    /** Whether the instruction has to be lowered: it has an effect, or somebody asked for a result. */
    boolean isWanted(int instruction) {
        if (folded[instruction] && !isWantedValue(instructions().result(instruction))) {
            return false;
        }
        if (!instructions().opcode(instruction).isRemovable()) {
            return true;
        }
        for (int i = 0; i < instructions().resultCount(instruction); i++) {
            if (isWantedValue(instructions().result(instruction, i))) {
                return true;
            }
        }
        return false;
    }

    boolean isWantedValue(int value) {
        return registers[value] != Registers.NONE;
    }

    /** The register to put a value into. */
    int define(int value) {
        if (registers[value] == Registers.NONE) {
            registers[value] = machine.newRegister(classOf(type(value)));
        }
        return registers[value];
    }

    /** The register that holds a value; a constant is made anew for each use, so that it lives shortly. */
    int use(int value) {
        if (isConstant(value)) {
            int register = machine.newRegister(classOf(type(value)));
            emitConstant(register, value);
            return register;
        }
        int definition = definition(value);
        if (definition != Instructions.NONE && instructions().opcode(definition) == Opcode.EXTEND_U) {
            // The upper half of a register that holds 32 bits is zero.
            return use(instructions().argument(definition, 0));
        }
        return define(value);
    }

    /** Puts a constant into a register, which may be a physical one. */
    void emitConstant(int register, int value) {
        long bits = constant(value);
        Type type = type(value);
        if (type.isInteger()) {
            emit(new Transfers.Constant(register, type == Type.I32 ? bits & 0xFFFF_FFFFL : bits));
        } else if (bits == 0) {
            emit(new Transfers.Zero(register));
        } else {
            emit(new Transfers.FloatConstant(register, type.bytes(), bits));
        }
    }

    /** Copies a value to a register, which may be a physical one. */
    void copy(int register, int value) {
        if (isConstant(value)) {
            emitConstant(register, value);
        } else {
            emit(new Transfers.Copy(register, use(value)));
        }
    }

    int temporary(Type type) {
        return machine.newRegister(classOf(type));
    }

    private static RegisterClass classOf(Type type) {
        return type.isFloat() ? RegisterClass.FLOAT : RegisterClass.GENERAL;
    }

    int definition(int value) {
        return function.values().instruction(value);
    }

    boolean isConstant(int value) {
        int definition = definition(value);
        return definition != Instructions.NONE && instructions().opcode(definition) == Opcode.CONST;
    }

    /** The bits of a constant. */
    long constant(int value) {
        return instructions().immediate(definition(value));
    }

    /** Whether it is an integer constant that instructions can hold: 32 bits, sign-extended. */
    boolean isImmediate(int value) {
        return isConstant(value) && type(value).isInteger() && constant(value) == (int) constant(value);
    }

    /** The instruction that computes a value for its only user, and can be computed there, if it is this operation. */
    int single(int value, Opcode opcode) {
        int definition = definition(value);
        boolean matches = definition != Instructions.NONE
                && value != Values.NONE
                && instructions().opcode(definition) == opcode
                && uses[value] == 1
                && !isWantedValue(value);
        return matches ? definition : Instructions.NONE;
    }

    /** The same for one with any number of users in this block. */
    int comparison(int value, Opcode opcode) {
        int definition = definition(value);
        boolean matches = definition != Instructions.NONE
                && instructions().opcode(definition) == opcode
                && (uses[value] == 1
                        || instructions().block(definition) == instructions().block(root));
        return matches ? definition : Instructions.NONE;
    }

    /** The same for one in this block that nothing with an effect follows. */
    int adjacent(int value, Opcode opcode) {
        int definition = single(value, opcode);
        boolean matches = definition != Instructions.NONE
                && instructions().block(definition) == instructions().block(root)
                && effectsBefore[root] == effectsBefore[definition];
        return matches ? definition : Instructions.NONE;
    }

    /**
     * A load of all of a value, immediately before its only user as far as effects go: the user reads memory itself. Says
     * the load, or {@link Instructions#NONE}.
     */
    int foldableLoad(int value) {
        int load = single(value, Opcode.LOAD);
        boolean foldable = load != Instructions.NONE
                && instructions().block(load) == instructions().block(root)
                && effectsBefore[root] == effectsBefore[load] + 1;
        return foldable ? load : Instructions.NONE;
    }

    /** Emits an operation of a register and a value, read from where it is. */
    void operate(Op op, int size, int register, int value) {
        int load = foldableLoad(value);
        if (load == Instructions.NONE) {
            emit(Operation.of(op, size, register, use(value)));
        } else {
            emit(Operation.of(op, size, register, fold(load))
                    .inLinearMemory(instructions().position(load)));
        }
    }

    /** The address that a load reads, which then need not be lowered itself. */
    Address fold(int load) {
        folded[load] = true;
        return address(load);
    }

    /** Of an access to linear memory. */
    Address address(int access) {
        int index = instructions().argument(access, 0);
        long offset = instructions().immediate(access);
        if (isConstant(index)) {
            return far((constant(index) & 0xFFFF_FFFFL) + offset, Registers.NONE);
        }
        if (offset == 0) {
            Address sum = sum(index);
            if (sum != null) {
                return sum;
            }
        }
        return far(offset, use(index));
    }

    private Address far(long offset, int index) {
        if (offset <= Integer.MAX_VALUE) {
            return Address.base(index, (int) offset);
        }
        int base = temporary(Type.I64);
        emit(new Transfers.Constant(base, offset));
        return index == Registers.NONE ? Address.base(base, 0) : Address.indexed(base, index, 0, 0);
    }

    /** An i32 sum as an address that wraps around like it. */
    private @Nullable Address sum(int index) {
        int add = single(index, Opcode.ADD);
        if (add == Instructions.NONE) {
            return null;
        }
        int left = instructions().argument(add, 0);
        int right = instructions().argument(add, 1);
        if (isConstant(right)) {
            return new Address(use(left), Registers.NONE, 0, (int) constant(right), null, true);
        }
        Address address = scaled(left, right);
        return new Address(address.base(), address.index(), address.shift(), 0, null, true);
    }

    /** The sum of two values, one of which may be multiplied by 2, 4 or 8. */
    Address scaled(int left, int right) {
        int shift = smallShift(right);
        if (shift != Instructions.NONE) {
            return scale(left, shift);
        }
        shift = smallShift(left);
        if (shift != Instructions.NONE) {
            return scale(right, shift);
        }
        return Address.indexed(use(left), use(right), 0, 0);
    }

    private Address scale(int base, int shift) {
        long amount = constant(instructions().argument(shift, 1));
        return Address.indexed(use(base), use(instructions().argument(shift, 0)), (int) amount, 0);
    }

    private int smallShift(int value) {
        int shift = single(value, Opcode.SHL);
        if (shift == Instructions.NONE || !isConstant(instructions().argument(shift, 1))) {
            return Instructions.NONE;
        }
        long amount = constant(instructions().argument(shift, 1));
        return amount >= 1 && amount <= 3 ? shift : Instructions.NONE;
    }
}
