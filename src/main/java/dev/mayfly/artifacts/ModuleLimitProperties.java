package dev.mayfly.artifacts;

import dev.mayfly.sandbox.ModuleLimits;
import dev.mayfly.wasm.binary.BinaryLimits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How large a module may be in each respect. A refusal names the limit as it is named here.
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
 * @param nameLength of an import, export or custom section, in bytes
 * @param functionNameBytes of all function names together; those beyond are left out, no module is refused for them
 * @param nestingDepth of blocks in a function
 * @param operands on a function's operand stack
 * @param initialMemoryPages that a module begins with, 64 KiB each, whatever its function may use
 */
@Validated
@ConfigurationProperties("mayfly.modules.limits")
record ModuleLimitProperties(
        @DefaultValue("10000") @Min(0) int customSections,
        @DefaultValue("100000") @Min(0) int types,
        @DefaultValue("1000000") @Min(0) int functions,
        @DefaultValue("1000") @Min(0) int imports,
        @DefaultValue("100000") @Min(0) int exports,
        @DefaultValue("100000") @Min(0) int globals,
        @DefaultValue("16") @Min(0) int tables,
        @DefaultValue("100000") @Min(0) int elementSegments,
        @DefaultValue("100000") @Min(0) int dataSegments,
        @DefaultValue("1000") @Min(0) int parameters,
        @DefaultValue("1000") @Min(0) int results,
        @DefaultValue("50000") @Min(0) int locals,
        @DefaultValue("7654321") @Min(0) int bodySize,
        @DefaultValue("100000") @Min(0) int nameLength,
        @DefaultValue("16777216") @Min(0) int functionNameBytes,
        @DefaultValue("100000") @Min(1) int nestingDepth,
        @DefaultValue("1000000") @Min(1) int operands,
        @DefaultValue("32767") @Min(0) @Max(32767) int initialMemoryPages) {

    BinaryLimits forDecoding() {
        return new BinaryLimits(
                customSections,
                types,
                functions,
                imports,
                exports,
                globals,
                tables,
                elementSegments,
                dataSegments,
                parameters,
                results,
                locals,
                bodySize,
                nameLength,
                functionNameBytes,
                nestingDepth,
                operands);
    }

    ModuleLimits forRunning() {
        return new ModuleLimits(imports, exports, globals, tables, initialMemoryPages);
    }
}
