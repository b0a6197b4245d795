package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.ConstantExpression;
import dev.mayfly.wasm.DataSegment;
import dev.mayfly.wasm.ElementSegment;
import dev.mayfly.wasm.Export;
import dev.mayfly.wasm.FunctionBodies;
import dev.mayfly.wasm.FunctionNames;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.Import;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Collects what validation itself does not have to look up. */
final class ModuleBuilder {

    final List<Import> imports = new ArrayList<>();
    final List<ConstantExpression> globalInitializers = new ArrayList<>();
    final List<Export> exports = new ArrayList<>();
    final List<ElementSegment> elements = new ArrayList<>();
    final List<DataSegment> data = new ArrayList<>();
    final FunctionBodies.Builder bodies = new FunctionBodies.Builder();
    final FunctionNames.Builder functionNames = new FunctionNames.Builder();
    final List<Section> sections = new ArrayList<>();
    OptionalInt start = OptionalInt.empty();

    Module build(long size, ModuleContext context) {
        return new Module(
                size,
                context.types,
                imports,
                functions(context),
                context.tables,
                context.memories,
                context.globals,
                globalInitializers,
                exports,
                start,
                elements,
                data,
                bodies.build(),
                functionNames.build(),
                sections);
    }

    private static List<FunctionType> functions(ModuleContext context) {
        List<FunctionType> functions = new ArrayList<>(context.functions.size());
        for (int i = 0; i < context.functions.size(); i++) {
            functions.add(context.types.get(context.functions.get(i)));
        }
        return functions;
    }
}
