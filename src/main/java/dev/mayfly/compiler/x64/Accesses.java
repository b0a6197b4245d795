package dev.mayfly.compiler.x64;

import dev.mayfly.abi.Context;
import dev.mayfly.compiler.code.Relocation;
import dev.mayfly.compiler.ssa.Instructions;
import dev.mayfly.compiler.ssa.Type;

/** Lowers what reads and writes linear memory, globals, tables and function descriptors. */
final class Accesses {

    private static final int ELEMENT_SHIFT = 3;

    private final Selection selection;
    private final Instructions instructions;

    Accesses(Selection selection) {
        this.selection = selection;
        this.instructions = selection.instructions();
    }

    /** A load of all of a value. */
    void load(int instruction) {
        Type type = selection.type(instructions.result(instruction));
        load(instruction, loadOf(type), type.bytes());
    }

    /** A load must be made even if nobody wants the result: it may trap. */
    void load(int instruction, Op op, int size) {
        int result = selection.define(instructions.result(instruction));
        selection.emit(Operation.of(op, size, result, selection.address(instruction))
                .inLinearMemory(instructions.position(instruction)));
    }

    /** A load of fewer bytes that are extended to the result. */
    void loadPart(int instruction, Op op) {
        load(instruction, op, selection.size(instructions.result(instruction)));
    }

    void store(int instruction) {
        Type type = selection.type(instructions.argument(instruction, 1));
        store(instruction, storeOf(type), Op.MOVI, type.bytes());
    }

    void store(int instruction, Op op, Op immediate, int size) {
        int value = instructions.argument(instruction, 1);
        Address address = selection.address(instruction);
        boolean small = selection.isConstant(value) && size < 8;
        Operation operation = selection.type(value).isInteger() && (small || selection.isImmediate(value))
                ? Operation.unary(immediate, size, address).immediate((int) selection.constant(value))
                : Operation.of(op, size, selection.use(value), address);
        selection.emit(operation.inLinearMemory(instructions.position(instruction)));
    }

    private static Op loadOf(Type type) {
        return switch (type) {
            case I32, I64 -> Op.LOAD;
            case F32 -> Op.MOVSS;
            case F64 -> Op.MOVSD;
        };
    }

    private static Op storeOf(Type type) {
        return switch (type) {
            case I32, I64 -> Op.STORE;
            case F32 -> Op.STORESS;
            case F64 -> Op.STORESD;
        };
    }

    void memoryBytes(int instruction) {
        read(instruction, Reference.context(Context.MEMORY_BYTES));
    }

    void globalGet(int instruction) {
        read(instruction, Reference.to(Relocation.Kind.GLOBAL, index(instruction)));
    }

    void tableSize(int instruction) {
        read(instruction, Reference.to(Relocation.Kind.TABLE_SIZE, index(instruction)));
    }

    private void read(int instruction, Reference reference) {
        Type type = selection.type(instructions.result(instruction));
        int result = selection.define(instructions.result(instruction));
        selection.emit(Operation.of(loadOf(type), type.bytes(), result, Address.of(reference)));
    }

    void globalSet(int instruction) {
        int value = instructions.argument(instruction, 0);
        Type type = selection.type(value);
        Address address = Address.of(Reference.to(Relocation.Kind.GLOBAL, index(instruction)));
        selection.emit(Operation.of(storeOf(type), type.bytes(), selection.use(value), address));
    }

    void tableLoad(int instruction) {
        int element = selection.use(instructions.argument(instruction, 0));
        int result = selection.define(instructions.result(instruction));
        selection.emit(Operation.of(Op.LOAD, 8, result, element(instruction, element)));
    }

    void tableStore(int instruction) {
        int element = selection.use(instructions.argument(instruction, 0));
        int value = selection.use(instructions.argument(instruction, 1));
        selection.emit(Operation.of(Op.STORE, 8, value, element(instruction, element)));
    }

    private Address element(int instruction, int index) {
        int elements = selection.temporary(Type.I64);
        Reference table = Reference.to(Relocation.Kind.TABLE_ELEMENTS, index(instruction));
        selection.emit(Operation.of(Op.LEA, 8, elements, Address.of(table)));
        return Address.indexed(elements, index, ELEMENT_SHIFT, 0);
    }

    void functionReference(int instruction) {
        Reference descriptor = Reference.to(Relocation.Kind.FUNCTION_DESCRIPTOR, index(instruction));
        int result = selection.define(instructions.result(instruction));
        selection.emit(Operation.of(Op.LEA, 8, result, Address.of(descriptor)));
    }

    /** Reads a field of the descriptor that a reference points to. */
    void descriptorField(int instruction, int offset) {
        int descriptor = selection.use(instructions.argument(instruction, 0));
        int result = selection.define(instructions.result(instruction));
        int size = selection.size(instructions.result(instruction));
        selection.emit(Operation.of(Op.LOAD, size, result, Address.base(descriptor, offset)));
    }

    private int index(int instruction) {
        return (int) instructions.immediate(instruction);
    }
}
