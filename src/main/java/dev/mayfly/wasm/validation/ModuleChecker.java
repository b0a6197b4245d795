package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.ElementSegment;
import dev.mayfly.wasm.Export;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.Import;
import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.Section;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.BinaryLimits;
import dev.mayfly.wasm.binary.ExternalKind;
import dev.mayfly.wasm.binary.FunctionBody;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.ModuleVisitor;
import java.io.IOException;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what a module declares (core specification 2.0, section 3.4) while it is decoded, and collects it. */
final class ModuleChecker implements ModuleVisitor {

    private final BinaryLimits limits;
    private final ModuleContext context = new ModuleContext();
    private final ModuleBuilder builder = new ModuleBuilder();
    private final ConstantExpressions constants = new ConstantExpressions(context);
    private final SegmentChecker segments = new SegmentChecker(context, builder, constants);
    private final Set<String> exportNames = new HashSet<>();
    private @Nullable FunctionValidator functionValidator;
    private int importedFunctions;
    private long bodyNanos;

    ModuleChecker(BinaryLimits limits) {
        this.limits = limits;
    }

    Module module(long size) {
        return builder.build(size, context);
    }

    /** The time spent on function bodies so far. */
    long bodyNanos() {
        return bodyNanos;
    }

    @Override
    public void section(Section section) {
        builder.sections.add(section);
    }

    @Override
    public void type(FunctionType type, long offset) {
        context.addType(type);
    }

    @Override
    public void importFunction(String module, String name, int type, long offset) throws ModuleException {
        function(type, offset);
        importedFunctions++;
        addImport(module, name, new ExternalType.Function(context.types.get(type)), offset);
    }

    @Override
    public void importTable(String module, String name, ExternalType.Table type, long offset) throws ModuleException {
        table(type, offset);
        addImport(module, name, type, offset);
    }

    @Override
    public void importMemory(String module, String name, ExternalType.Memory type, long offset) throws ModuleException {
        memory(type, offset);
        addImport(module, name, type, offset);
    }

    @Override
    public void importGlobal(String module, String name, ExternalType.Global type, long offset) {
        context.addImportedGlobal(type);
        addImport(module, name, type, offset);
    }

    private void addImport(String module, String name, ExternalType type, long offset) {
        builder.imports.add(new Import(module, name, type, offset));
    }

    @Override
    public void function(int type, long offset) throws ModuleException {
        context.checkType(type, offset);
        context.functions.add(type);
    }

    @Override
    public void table(ExternalType.Table type, long offset) throws ModuleException {
        TypeRules.check(type, offset);
        context.tables.add(type);
    }

    @Override
    public void memory(ExternalType.Memory type, long offset) throws ModuleException {
        if (!context.memories.isEmpty()) {
            throw new InvalidModuleException("multiple memories", offset);
        }
        TypeRules.check(type, offset);
        context.memories.add(type);
    }

    @Override
    public void global(ExternalType.Global type, InstructionReader initializer, long offset)
            throws IOException, ModuleException {
        builder.globalInitializers.add(constants.read(initializer, type.valueType()));
        context.globals.add(type);
    }

    @Override
    public void export(String name, ExternalKind kind, int index, long offset) throws ModuleException {
        ExternalType type = exported(kind, index, offset);
        if (!exportNames.add(name)) {
            throw new InvalidModuleException("duplicate export name", offset);
        }
        builder.exports.add(new Export(name, type, index));
    }

    private ExternalType exported(ExternalKind kind, int index, long offset) throws ModuleException {
        return switch (kind) {
            case FUNCTION -> {
                context.checkFunction(index, offset);
                context.declare(index);
                yield new ExternalType.Function(context.types.get(context.functions.get(index)));
            }
            case TABLE -> context.table(index, offset);
            case MEMORY -> context.memory(index, offset);
            case GLOBAL -> context.global(index, offset);
        };
    }

    @Override
    public void start(int function, long offset) throws ModuleException {
        Signature type = context.function(function, offset);
        if (type.parameters().length != 0 || type.results().length != 0) {
            throw new InvalidModuleException("start function must have no parameters and no results", offset);
        }
        builder.start = OptionalInt.of(function);
    }

    @Override
    public void activeElements(int table, InstructionReader position, long offset) throws IOException, ModuleException {
        segments.activeElements(table, position, offset);
    }

    @Override
    public void passiveElements(long offset) {
        segments.passive();
    }

    @Override
    public void declarativeElements(long offset) {
        segments.declarative();
    }

    @Override
    public void elementType(ValueType type, long offset) throws ModuleException {
        segments.elementType(type, offset);
    }

    @Override
    public void element(int function, long offset) throws ModuleException {
        segments.element(function, offset);
    }

    @Override
    public void element(InstructionReader expression, long offset) throws IOException, ModuleException {
        segments.element(expression);
    }

    @Override
    public void endElements(int count, ElementSegment.Encoding encoding, long offset, long size) {
        segments.endElements(count, encoding, offset, size);
    }

    @Override
    public void dataCount(int count, long offset) {
        context.dataSegments(count);
    }

    @Override
    public void functionBody(FunctionBody body) throws IOException, ModuleException {
        long start = System.nanoTime();
        if (functionValidator == null) {
            functionValidator = new FunctionValidator(context, limits, body.instructions());
        }
        functionValidator.validate(body, context.function(importedFunctions + body.number(), body.offset()));
        builder.bodies.add(body.offset(), body.size());
        bodyNanos += System.nanoTime() - start;
    }

    @Override
    public void activeData(int memory, InstructionReader position, long offset) throws IOException, ModuleException {
        segments.activeData(memory, position, offset);
    }

    @Override
    public void passiveData(long offset) {
        segments.passive();
    }

    @Override
    public void data(long offset, long size) {
        segments.data(offset, size);
    }

    @Override
    public void functionName(int function, String name) {
        // The section may stand before the functions, and may name what does not exist.
        if (function >= 0 && function < limits.functions()) {
            builder.functionNames.add(function, name);
        }
    }
}
