package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.ConstantExpression;
import dev.mayfly.wasm.DataSegment;
import dev.mayfly.wasm.ElementSegment;
import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.SegmentMode;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.InstructionReader;
import java.io.IOException;

/** Checks element and data segments (core specification 2.0, sections 3.4.5 and 3.4.6), which come in pieces. */
final class SegmentChecker {

    private static final SegmentMode PASSIVE = new SegmentMode.Passive();
    private static final SegmentMode DECLARATIVE = new SegmentMode.Declarative();

    private final ModuleContext context;
    private final ModuleBuilder builder;
    private final ConstantExpressions constants;
    private SegmentMode mode = PASSIVE;
    private ValueType elementType = ValueType.FUNCREF;

    SegmentChecker(ModuleContext context, ModuleBuilder builder, ConstantExpressions constants) {
        this.context = context;
        this.builder = builder;
        this.constants = constants;
    }

    void activeElements(int table, InstructionReader position, long offset) throws IOException, ModuleException {
        context.table(table, offset);
        mode = new SegmentMode.Active(table, constants.read(position, ValueType.I32));
    }

    void activeData(int memory, InstructionReader position, long offset) throws IOException, ModuleException {
        context.checkMemory(memory, offset);
        mode = new SegmentMode.Active(memory, constants.read(position, ValueType.I32));
    }

    void passive() {
        mode = PASSIVE;
    }

    void declarative() {
        mode = DECLARATIVE;
    }

    void elementType(ValueType type, long offset) throws InvalidModuleException {
        if (mode instanceof SegmentMode.Active active) {
            ValueType table = context.table(active.index(), offset).elementType();
            if (table != type) {
                throw new InvalidModuleException("type mismatch: expected " + table + " but got " + type, offset);
            }
        }
        elementType = type;
    }

    void element(int function, long offset) throws InvalidModuleException {
        context.checkFunction(function, offset);
        context.declare(function);
    }

    void element(InstructionReader expression) throws IOException, ModuleException {
        ConstantExpression unused = constants.read(expression, elementType);
    }

    void endElements(int count, ElementSegment.Encoding encoding, long offset, long size) {
        context.elementTypes.add(elementType);
        builder.elements.add(new ElementSegment(mode, elementType, count, encoding, offset, size));
    }

    void data(long offset, long size) {
        builder.data.add(new DataSegment(mode, offset, size));
    }
}
