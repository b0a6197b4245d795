package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.ElementSegment;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.Section;
import dev.mayfly.wasm.ValueType;
import java.io.IOException;

/**
 * Is told what a binary holds, in its order, while it is read. Indices are as they stand in the binary: unsigned 32-bit
 * numbers that nobody has checked. Offsets are in bytes from the start of the binary.
 *
 * <p>An {@link InstructionReader} stands at the beginning of an expression and is good for the duration of the call;
 * what the visitor leaves unread is read and checked for well-formedness afterwards.
 */
public interface ModuleVisitor {

    /** A section begins. */
    void section(Section section) throws ModuleException;

    void type(FunctionType type, long offset) throws ModuleException;

    void importFunction(String module, String name, int type, long offset) throws ModuleException;

    void importTable(String module, String name, ExternalType.Table type, long offset) throws ModuleException;

    void importMemory(String module, String name, ExternalType.Memory type, long offset) throws ModuleException;

    void importGlobal(String module, String name, ExternalType.Global type, long offset) throws ModuleException;

    /** The function section gives a function's type. */
    void function(int type, long offset) throws ModuleException;

    void table(ExternalType.Table type, long offset) throws ModuleException;

    void memory(ExternalType.Memory type, long offset) throws ModuleException;

    void global(ExternalType.Global type, InstructionReader initializer, long offset)
            throws IOException, ModuleException;

    void export(String name, ExternalKind kind, int index, long offset) throws ModuleException;

    void start(int function, long offset) throws ModuleException;

    /** An element segment begins that is copied to a table during instantiation. */
    void activeElements(int table, InstructionReader position, long offset) throws IOException, ModuleException;

    void passiveElements(long offset) throws ModuleException;

    void declarativeElements(long offset) throws ModuleException;

    /** The type of the segment's references, before the first of them. */
    void elementType(ValueType type, long offset) throws ModuleException;

    void element(int function, long offset) throws ModuleException;

    void element(InstructionReader expression, long offset) throws IOException, ModuleException;

    /** The segment ends. */
    void endElements(int count, ElementSegment.Encoding encoding, long offset, long size) throws ModuleException;

    void dataCount(int count, long offset) throws ModuleException;

    void functionBody(FunctionBody body) throws IOException, ModuleException;

    /** A data segment that is copied to a memory during instantiation; {@link #data} follows. */
    void activeData(int memory, InstructionReader position, long offset) throws IOException, ModuleException;

    void passiveData(long offset) throws ModuleException;

    /** Where a data segment's bytes stand. */
    void data(long offset, long size) throws ModuleException;

    /** The custom name section names a function, which may not exist. */
    void functionName(int function, String name);
}
