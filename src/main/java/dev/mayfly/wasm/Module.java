package dev.mayfly.wasm;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a decoded module declares (core specification 2.0, section 2.5). Function bodies and the contents of segments
 * stay in the binary: the module says where. Index spaces begin with the imported things of their kind, in order of
 * import.
 *
 * @param size of the binary, in bytes
 * @param types the type section
 * @param imports in order
 * @param functions the type of each function, imported ones first
 * @param tables each table, imported ones first
 * @param memories each memory, imported ones first
 * @param globals each global, imported ones first
 * @param globalInitializers the initial value of each global that is not imported
 * @param exports in order
 * @param start the start function's index, if there is one
 * @param elements the element segments
 * @param data the data segments
 * @param bodies where the body of each function that is not imported stands
 * @param functionNames from the custom name section; incomplete or empty where the module says nothing
 * @param sections every section in the order of the binary
 */
public record Module(
        long size,
        List<FunctionType> types,
        List<Import> imports,
        List<FunctionType> functions,
        List<ExternalType.Table> tables,
        List<ExternalType.Memory> memories,
        List<ExternalType.Global> globals,
        List<ConstantExpression> globalInitializers,
        List<Export> exports,
        OptionalInt start,
        List<ElementSegment> elements,
        List<DataSegment> data,
        FunctionBodies bodies,
        FunctionNames functionNames,
        List<Section> sections) {

    public Module {
        types = List.copyOf(types);
        imports = List.copyOf(imports);
        functions = List.copyOf(functions);
        tables = List.copyOf(tables);
        memories = List.copyOf(memories);
        globals = List.copyOf(globals);
        globalInitializers = List.copyOf(globalInitializers);
        exports = List.copyOf(exports);
        elements = List.copyOf(elements);
        data = List.copyOf(data);
        sections = List.copyOf(sections);
    }

    public Optional<Export> export(String name) {
        return exports.stream().filter(export -> export.name().equals(name)).findFirst();
    }

    /** How many of {@link #functions} are imported. */
    public int importedFunctions() {
        return functions.size() - bodies.count();
    }
}
