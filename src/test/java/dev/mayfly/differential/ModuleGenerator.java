package dev.mayfly.differential;

import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.Section;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.Opcode;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes modules that are valid and whose functions end, of all instructions but vectors. What a module does shows in the
 * results of its exports, all of them without parameters, which are to be called in order; in what they tell imported
 * functions; and in its memory. Bits of floats that are no numbers, which may differ between two right
 * implementations, do not show.
 */
final class ModuleGenerator {

    /** How deep calls may go. */
    static final int DEEPEST = 20;

    /** The module and the name of the host's functions. */
    static final String HOST = "host";

    static final String MEMORY = "memory";

    private static final int FUEL = 500;
    private static final int MEMORY_KIND = 2;
    private static final int NO_ELEMENTS = 3;

    private final Choices choices;
    private final Shape shape = new Shape();
    private final List<FunctionType> exported = new ArrayList<>();
    private final ByteWriter globals = new ByteWriter();
    private final ByteWriter elements = new ByteWriter();
    private final ByteWriter data = new ByteWriter();
    private final ByteWriter bodies = new ByteWriter();

    private ModuleGenerator(Choices choices) {
        this.choices = choices;
    }

    static byte[] generate(Choices choices) {
        ModuleGenerator generator = new ModuleGenerator(choices);
        generator.declareFunctions();
        generator.declareMemories();
        generator.declareGlobals();
        generator.declareElements();
        generator.writeBodies();
        return generator.assemble();
    }

    private void declareFunctions() {
        shape.importedFunctions = choices.below(3);
        for (int i = 0; i < shape.importedFunctions; i++) {
            shape.functions.add(
                    new FunctionType(Values.list(choices, Values.NUMERIC, 8), Values.list(choices, Values.NUMERIC, 2)));
        }
        int count = 1 + choices.below(5);
        for (int i = 0; i < count; i++) {
            int most = choices.percent(10) ? 16 : 4;
            shape.functions.add(new FunctionType(
                    Values.list(choices, Values.ALL, most), Values.list(choices, Values.ALL, choices.pick(1, 2, 6))));
        }
    }

    private void declareMemories() {
        shape.memoryMinimum = choices.percent(10) ? 0 : 1 + choices.below(2);
        shape.memoryMaximum = shape.memoryMinimum + choices.below(5);
        for (ValueType type : List.of(ValueType.FUNCREF, ValueType.FUNCREF, ValueType.EXTERNREF)) {
            int size = choices.below(8);
            shape.tables.add(new Shape.Table(type, size, size + choices.below(6)));
        }
        int segments = choices.below(3);
        for (int i = 0; i < segments; i++) {
            int length = choices.below(40);
            shape.dataLengths.add(length);
            boolean passive = choices.percent(50) || shape.memoryMinimum == 0;
            data.u8(passive ? 1 : 0);
            if (!passive) {
                data.i32(choices.below(Shape.PAGE - length)).op(Opcode.END);
            }
            data.u32(length);
            for (int j = 0; j < length; j++) {
                data.u8((int) choices.bits());
            }
        }
    }

    private void declareGlobals() {
        int count = choices.below(10);
        for (int i = 0; i < shape.globals.size(); i++) {
            globals.u8(ValueType.I32.code()).u8(1).i32(0).op(Opcode.END);
        }
        for (int i = 0; i < count; i++) {
            Shape.Global global = new Shape.Global(choices.pick(Values.ALL), !choices.percent(15));
            shape.globals.add(global);
            globals.u8(global.type().code()).u8(global.mutable() ? 1 : 0);
            constantExpression(globals, global.type());
        }
    }

    private void constantExpression(ByteWriter out, ValueType type) {
        if (type == ValueType.FUNCREF && choices.percent(70)) {
            out.op(Opcode.REF_FUNC).u32(choices.below(shape.functions.size()));
        } else {
            out.constant(type, Values.constant(choices, type));
        }
        out.op(Opcode.END);
    }

    private void declareElements() {
        for (int table = 0; table < shape.tables.size(); table++) {
            Shape.Table declared = shape.tables.get(table);
            segment(declared.type(), table, declared.minimum());
            if (choices.percent(50)) {
                segment(declared.type(), -1, choices.below(5));
            }
        }
    }

    /** An active segment that fills a table, or a passive one. */
    private void segment(ValueType type, int table, int length) {
        boolean passive = table < 0;
        shape.elements.add(new Shape.Elements(type, length, passive));
        elements.u8(passive ? 5 : 6);
        if (!passive) {
            elements.u32(table).i32(0).op(Opcode.END);
        }
        elements.u8(type.code()).u32(length);
        for (int i = 0; i < length; i++) {
            constantExpression(elements, type);
        }
    }

    private void writeBodies() {
        for (FunctionType type : shape.functions.subList(shape.importedFunctions, shape.functions.size())) {
            FunctionScope scope = new FunctionScope(choices, shape, type, choices.pick(60, 20, 200, 400));
            new Expressions(scope).blocks().function();
            bodies.sized(scope.toBody());
        }
        int runs = 1 + choices.below(3);
        for (int i = 0; i < runs; i++) {
            export(run(choices.below(shape.functions.size() - shape.importedFunctions) + shape.importedFunctions));
        }
        for (int i = 0; i < shape.globals.size(); i++) {
            Shape.Global global = shape.globals.get(i);
            FunctionScope scope = exportScope(List.of(global.type()));
            scope.code.op(Opcode.GLOBAL_GET).u32(i);
            reveal(scope, global.type());
            export(scope);
        }
        for (int i = 0; i < shape.tables.size(); i++) {
            export(contentOfTable(i));
        }
    }

    /** Calls a function with any arguments. */
    private FunctionScope run(int function) {
        FunctionType called = shape.functions.get(function);
        FunctionScope scope = exportScope(called.results());
        scope.code.i32(FUEL).op(Opcode.GLOBAL_SET).u32(Shape.FUEL);
        scope.code.i32(0).op(Opcode.GLOBAL_SET).u32(Shape.DEPTH);
        called.parameters().forEach(each -> scope.code.constant(each, Values.constant(choices, each)));
        scope.code.op(Opcode.CALL).u32(function);
        int[] locals = new int[called.results().size()];
        for (int i = locals.length - 1; i >= 0; i--) {
            locals[i] = scope.newLocal(called.results().get(i));
            scope.code.op(Opcode.LOCAL_SET).u32(locals[i]);
        }
        for (int i = 0; i < locals.length; i++) {
            scope.code.op(Opcode.LOCAL_GET).u32(locals[i]);
            reveal(scope, called.results().get(i));
        }
        return scope;
    }

    /** Its size, and which of its elements are null. */
    private FunctionScope contentOfTable(int table) {
        FunctionScope scope = exportScope(List.of(ValueType.I32, ValueType.I32));
        int index = scope.newLocal(ValueType.I32);
        int nulls = scope.newLocal(ValueType.I32);
        scope.code.op(Opcode.BLOCK).u8(0x40).op(Opcode.LOOP).u8(0x40);
        scope.code.op(Opcode.LOCAL_GET).u32(index).op(Opcode.TABLE_SIZE).u32(table);
        scope.code.op(Opcode.I32_GE_U).op(Opcode.BR_IF).u32(1);
        scope.code.op(Opcode.LOCAL_GET).u32(nulls).i32(1).op(Opcode.I32_SHL);
        scope.code
                .op(Opcode.LOCAL_GET)
                .u32(index)
                .op(Opcode.TABLE_GET)
                .u32(table)
                .op(Opcode.REF_IS_NULL);
        scope.code.op(Opcode.I32_OR).op(Opcode.LOCAL_SET).u32(nulls);
        scope.code
                .op(Opcode.LOCAL_GET)
                .u32(index)
                .i32(1)
                .op(Opcode.I32_ADD)
                .op(Opcode.LOCAL_SET)
                .u32(index);
        scope.code.op(Opcode.BR).u32(0).op(Opcode.END).op(Opcode.END);
        scope.code.op(Opcode.TABLE_SIZE).u32(table).op(Opcode.LOCAL_GET).u32(nulls);
        return scope;
    }

    private FunctionScope exportScope(List<ValueType> revealed) {
        List<ValueType> results = revealed.stream()
                .map(type -> type == ValueType.I64 || type == ValueType.F64 ? ValueType.I64 : ValueType.I32)
                .toList();
        return new FunctionScope(choices, shape, new FunctionType(List.of(), results), 0);
    }

    /** Turns a value into an integer of which every bit counts. */
    private static void reveal(FunctionScope scope, ValueType type) {
        switch (type) {
            case F32, F64 -> {
                new Expressions(scope).canonical(type);
                scope.code.op(type == ValueType.F32 ? Opcode.I32_REINTERPRET_F32 : Opcode.I64_REINTERPRET_F64);
            }
            case FUNCREF, EXTERNREF -> scope.code.op(Opcode.REF_IS_NULL);
            case I32, I64, V128 -> {}
        }
    }

    private void export(FunctionScope scope) {
        exported.add(scope.type);
        bodies.sized(scope.toBody());
    }

    private byte[] assemble() {
        ByteWriter imports = new ByteWriter().u32(shape.importedFunctions);
        ByteWriter functions = new ByteWriter();
        ByteWriter exports = new ByteWriter().u32(exported.size() + 1);
        exports.name(MEMORY).u8(MEMORY_KIND).u32(0);
        for (int i = 0; i < shape.functions.size(); i++) {
            int type = shape.typeIndex(shape.functions.get(i));
            if (i < shape.importedFunctions) {
                imports.name(HOST).name("f" + i).u8(0).u32(type);
            } else {
                functions.u32(type);
            }
        }
        for (int i = 0; i < exported.size(); i++) {
            functions.u32(shape.typeIndex(exported.get(i)));
            exports.name(exportName(i)).u8(0).u32(shape.functions.size() + i);
        }
        int defined = shape.functions.size() - shape.importedFunctions + exported.size();
        ByteWriter types = new ByteWriter().u32(shape.types().size());
        shape.types().forEach(types::type);
        return new ByteWriter()
                .bytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0})
                .section(Section.TYPE, types)
                .section(Section.IMPORT, imports)
                .section(Section.FUNCTION, new ByteWriter().u32(defined).append(functions))
                .section(Section.TABLE, tables())
                .section(Section.MEMORY, new ByteWriter().u32(1).limits(shape.memoryMinimum, shape.memoryMaximum))
                .section(
                        Section.GLOBAL,
                        new ByteWriter().u32(shape.globals.size()).append(globals))
                .section(Section.EXPORT, exports)
                .section(Section.ELEMENT, elementSection())
                .section(Section.DATA_COUNT, new ByteWriter().u32(shape.dataLengths.size()))
                .section(Section.CODE, new ByteWriter().u32(defined).append(bodies))
                .section(
                        Section.DATA,
                        new ByteWriter().u32(shape.dataLengths.size()).append(data))
                .toBytes();
    }

    private ByteWriter tables() {
        ByteWriter tables = new ByteWriter().u32(shape.tables.size());
        shape.tables.forEach(table -> tables.u8(table.type().code()).limits(table.minimum(), table.maximum()));
        return tables;
    }

    /** All functions are declared, so that each may be referred to. */
    private ByteWriter elementSection() {
        ByteWriter section = new ByteWriter().u32(shape.elements.size() + 1).append(elements);
        section.u8(NO_ELEMENTS).u8(0).u32(shape.functions.size());
        for (int i = 0; i < shape.functions.size(); i++) {
            section.u32(i);
        }
        return section;
    }

    static String exportName(int index) {
        return "f" + index;
    }
}
