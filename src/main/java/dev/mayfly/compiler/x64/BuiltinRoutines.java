package dev.mayfly.compiler.x64;

import static dev.mayfly.compiler.x64.Registers.R10;
import static dev.mayfly.compiler.x64.Registers.R11;
import static dev.mayfly.compiler.x64.Registers.R8;
import static dev.mayfly.compiler.x64.Registers.R9;
import static dev.mayfly.compiler.x64.Registers.RAX;
import static dev.mayfly.compiler.x64.Registers.RCX;
import static dev.mayfly.compiler.x64.Registers.RDI;
import static dev.mayfly.compiler.x64.Registers.RDX;
import static dev.mayfly.compiler.x64.Registers.RSI;

import dev.mayfly.abi.Context;
import dev.mayfly.abi.Port;
import dev.mayfly.abi.SegmentDescriptor;
import dev.mayfly.abi.TableDescriptor;
import dev.mayfly.abi.TrapCode;
import dev.mayfly.compiler.code.Relocation;
import dev.mayfly.compiler.ssa.Builtin;

/**
 * The routines of {@link Builtin}. Arguments are in {@code rdi, rsi, rdx, rcx, r8}, i32s extended by zeros, so that sums
 * of two do not wrap around; the result is in {@code rax}. Every register may be changed.
 */
final class BuiltinRoutines {

    private static final Address MEMORY_BYTES = Address.of(Reference.context(Context.MEMORY_BYTES));
    private static final int DESCRIPTOR_SHIFT = Integer.numberOfTrailingZeros(TableDescriptor.BYTES);
    private static final int SEGMENT_SHIFT = Integer.numberOfTrailingZeros(SegmentDescriptor.BYTES);
    private static final int ELEMENT_SHIFT = Integer.numberOfTrailingZeros(TableDescriptor.ELEMENT_BYTES);

    private final Assembler assembler;
    private final int memoryTrap;
    private final int tableTrap;

    BuiltinRoutines(Assembler assembler) {
        this.assembler = assembler;
        memoryTrap = assembler.newLabel();
        tableTrap = assembler.newLabel();
    }

    void emit(Builtin builtin) {
        switch (builtin) {
            case MEMORY_GROW -> growMemory();
            case MEMORY_COPY -> copyMemory();
            case MEMORY_FILL -> fillMemory();
            case MEMORY_INIT -> initializeMemory();
            case DATA_DROP -> drop(Relocation.Kind.DATA_SEGMENTS);
            case TABLE_GROW -> growTable();
            case TABLE_FILL -> fillTable();
            case TABLE_COPY -> copyTable();
            case TABLE_INIT -> initializeTable();
            case ELEMENT_DROP -> drop(Relocation.Kind.ELEMENT_SEGMENTS);
        }
    }

    void emitTraps() {
        emitTrap(memoryTrap, TrapCode.MEMORY_OUT_OF_BOUNDS);
        emitTrap(tableTrap, TrapCode.TABLE_OUT_OF_BOUNDS);
    }

    private void emitTrap(int label, TrapCode code) {
        assembler.bind(label);
        assembler.constant(RAX, code.ordinal());
        assembler.out(Port.TRAP);
    }

    /** rdi: pages. */
    private void growMemory() {
        assembler.emit(Op.STORE, 8, RDI, Address.of(Reference.context(Context.ARGUMENT)));
        assembler.out(Port.MEMORY_GROW);
        assembler.emit(Op.LOAD, 4, RAX, Address.of(Reference.context(Context.RESULT)));
    }

    /** rdi: destination, rsi: byte, rdx: length. */
    private void fillMemory() {
        requireMemory(RDI, RDX);
        move(RCX, RDX);
        move(RAX, RSI);
        assembler.repeatStore(1);
    }

    /** rdi: destination, rsi: source, rdx: length. */
    private void copyMemory() {
        requireMemory(RDI, RDX);
        requireMemory(RSI, RDX);
        move(RCX, RDX);
        copy(1);
    }

    /** rdi: segment, rsi: destination, rdx: source, rcx: length. */
    private void initializeMemory() {
        descriptor(R8, RDI, Relocation.Kind.DATA_SEGMENTS, SEGMENT_SHIFT);
        require(RDX, RCX, Address.base(R8, SegmentDescriptor.LENGTH), memoryTrap);
        requireMemory(RSI, RCX);
        move(RDI, RSI);
        assembler.emit(Op.LOAD, 8, RSI, Address.base(R8, SegmentDescriptor.CONTENT));
        assembler.emit(Op.ADD, 8, RSI, RDX);
        assembler.repeatMove(1);
    }

    /** rdi: segment. */
    private void drop(Relocation.Kind segments) {
        descriptor(R8, RDI, segments, SEGMENT_SHIFT);
        assembler.emit(Op.MOVI, 8, 0, Address.base(R8, SegmentDescriptor.LENGTH), 0);
    }

    /** rdi: table, rsi: element, rdx: length. */
    private void growTable() {
        int failed = assembler.newLabel();
        int done = assembler.newLabel();
        descriptor(R8, RDI, Relocation.Kind.TABLES, DESCRIPTOR_SHIFT);
        assembler.emit(Op.LOAD, 8, R9, Address.base(R8, TableDescriptor.SIZE));
        assembler.emit(Op.LEA, 8, R10, Address.indexed(R9, RDX, 0, 0));
        assembler.emit(Op.CMP, 8, R10, Address.base(R8, TableDescriptor.CAPACITY));
        assembler.jump(Condition.A, failed);
        assembler.emit(Op.STORE, 8, R10, Address.base(R8, TableDescriptor.SIZE));
        element(RDI, R8, R9);
        move(RAX, RSI);
        move(RCX, RDX);
        assembler.repeatStore(TableDescriptor.ELEMENT_BYTES);
        move(RAX, R9);
        assembler.jump(done);
        assembler.bind(failed);
        assembler.constant(RAX, 0xFFFF_FFFFL);
        assembler.bind(done);
    }

    /** rdi: table, rsi: start, rdx: element, rcx: length. */
    private void fillTable() {
        descriptor(R8, RDI, Relocation.Kind.TABLES, DESCRIPTOR_SHIFT);
        require(RSI, RCX, Address.base(R8, TableDescriptor.SIZE), tableTrap);
        element(RDI, R8, RSI);
        move(RAX, RDX);
        assembler.repeatStore(TableDescriptor.ELEMENT_BYTES);
    }

    /** rdi: destination table, rsi: source table, rdx: destination, rcx: source, r8: length. */
    private void copyTable() {
        descriptor(R9, RDI, Relocation.Kind.TABLES, DESCRIPTOR_SHIFT);
        descriptor(R10, RSI, Relocation.Kind.TABLES, DESCRIPTOR_SHIFT);
        require(RDX, R8, Address.base(R9, TableDescriptor.SIZE), tableTrap);
        require(RCX, R8, Address.base(R10, TableDescriptor.SIZE), tableTrap);
        element(RDI, R9, RDX);
        element(RSI, R10, RCX);
        move(RCX, R8);
        copy(TableDescriptor.ELEMENT_BYTES);
    }

    /** rdi: table, rsi: segment, rdx: destination, rcx: source, r8: length. */
    private void initializeTable() {
        descriptor(R9, RDI, Relocation.Kind.TABLES, DESCRIPTOR_SHIFT);
        descriptor(R10, RSI, Relocation.Kind.ELEMENT_SEGMENTS, SEGMENT_SHIFT);
        require(RCX, R8, Address.base(R10, SegmentDescriptor.LENGTH), tableTrap);
        require(RDX, R8, Address.base(R9, TableDescriptor.SIZE), tableTrap);
        element(RDI, R9, RDX);
        assembler.emit(Op.LOAD, 8, RSI, Address.base(R10, SegmentDescriptor.CONTENT));
        assembler.emit(Op.LEA, 8, RSI, Address.indexed(RSI, RCX, ELEMENT_SHIFT, 0));
        move(RCX, R8);
        assembler.repeatMove(TableDescriptor.ELEMENT_BYTES);
    }

    private void move(int to, int from) {
        assembler.emit(Op.LOAD, 8, to, from);
    }

    private void descriptor(int to, int index, Relocation.Kind kind, int shift) {
        assembler.emit(Op.LEA, 8, to, Address.of(Reference.to(kind, 0)));
        move(R11, index);
        assembler.emit(Op.SHLI, 8, 0, R11, shift);
        assembler.emit(Op.ADD, 8, to, R11);
    }

    /** The address of an element of a table. */
    private void element(int to, int descriptor, int index) {
        assembler.emit(Op.LOAD, 8, R11, Address.base(descriptor, TableDescriptor.ELEMENTS));
        assembler.emit(Op.LEA, 8, to, Address.indexed(R11, index, ELEMENT_SHIFT, 0));
    }

    private void requireMemory(int start, int length) {
        require(start, length, MEMORY_BYTES, memoryTrap);
    }

    private void require(int start, int length, Address limit, int trap) {
        assembler.emit(Op.LEA, 8, RAX, Address.indexed(start, length, 0, 0));
        assembler.emit(Op.CMP, 8, RAX, limit);
        assembler.jump(Condition.A, trap);
    }

    /** Copies as if all of it were read first: where the destination overlaps the source's end, from the end. */
    private void copy(int size) {
        int upwards = assembler.newLabel();
        int done = assembler.newLabel();
        int shift = Integer.numberOfTrailingZeros(size);
        move(RAX, RDI);
        assembler.emit(Op.SUB, 8, RAX, RSI);
        assembler.emit(Op.LEA, 8, R11, new Address(Registers.NONE, RCX, shift, 0, null, false));
        assembler.emit(Op.CMP, 8, RAX, R11);
        assembler.jump(Condition.AE, upwards);
        assembler.direction(true);
        assembler.emit(Op.LEA, 8, RDI, Address.indexed(RDI, RCX, shift, -size));
        assembler.emit(Op.LEA, 8, RSI, Address.indexed(RSI, RCX, shift, -size));
        assembler.repeatMove(size);
        assembler.direction(false);
        assembler.jump(done);
        assembler.bind(upwards);
        assembler.repeatMove(size);
        assembler.bind(done);
    }
}
