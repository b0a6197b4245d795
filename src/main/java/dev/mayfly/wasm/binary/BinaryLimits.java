package dev.mayfly.wasm.binary;

/**
 * How large a module may be in each respect (core specification 2.0, appendix A.2). Whatever is declared in a binary is
 * held against these before anything is allocated for it. The defaults are at most those that browsers have agreed on.
 *
 * @param customSections in the module
 * @param types in the type section
 * @param functions in the module, imported ones included
 * @param imports in the import section
 * @param exports in the export section
 * @param globals in the module, imported ones included
 * @param tables in the module, imported ones included
 * @param elementSegments in the element section
 * @param dataSegments in the data section
 * @param parameters of a function type
 * @param results of a function type
 * @param locals of a function, parameters not counted
 * @param bodySize of a function, in bytes
 * @param nameLength of an import, export or custom section, in bytes of UTF-8
 * @param functionNameBytes of all names in the custom name section together; names beyond are left out, as they are
 *     only an aid, so this is the one limit that refuses no module
 * @param nestingDepth of blocks in a function
 * @param operands on a function's operand stack
 */
public record BinaryLimits(
        int customSections,
        int types,
        int functions,
        int imports,
        int exports,
        int globals,
        int tables,
        int elementSegments,
        int dataSegments,
        int parameters,
        int results,
        int locals,
        int bodySize,
        int nameLength,
        int functionNameBytes,
        int nestingDepth,
        int operands) {

    public static final BinaryLimits DEFAULT = new BinaryLimits(
            10_000, 100_000, 1_000_000, 100_000, 100_000, 100_000, 1_000, 100_000, 100_000, 1_000, 1_000, 50_000,
            7_654_321, 100_000, 16 << 20, 100_000, 1_000_000);
}
