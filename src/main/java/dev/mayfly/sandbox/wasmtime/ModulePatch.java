package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.wasm.Export;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.Limits;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Rewrites a binary for Wasmtime, section by section:
 *
 * <ul>
 *   <li>Memory and tables get a declared maximum within the limits, because the binding has no other way to bound them.
 *   <li>The memory is exported under a name that we know.
 *   <li>The start function is exported rather than started: during instantiation the binding holds a lock that all
 *       instances of the module need, and gives no access to the instance's memory.
 *   <li>Custom sections are left out. Names come from our own decoder; Wasmtime would copy a name for each frame of a
 *       backtrace, and a deep recursion in a function with a long name would exhaust the process's memory.
 * </ul>
 */
final class ModulePatch {

    private static final int FUNCTION_KIND = 0;
    private static final int MEMORY_KIND = 2;
    private static final int WITH_MAXIMUM = 1;

    private final byte[] bytes;
    private final GuestCode code;
    private final long codeShift;
    private final Optional<String> memoryExport;
    private final Optional<String> startExport;

    private ModulePatch(
            byte[] bytes, GuestCode code, long codeShift, Optional<String> memoryExport, Optional<String> startExport) {
        this.bytes = bytes;
        this.code = code;
        this.codeShift = codeShift;
        this.memoryExport = memoryExport;
        this.startExport = startExport;
    }

    /** The new binary; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** The code section of the new binary. */
    GuestCode code() {
        return code;
    }

    /** What to add to an offset in the new code section to get the one in the uploaded binary. */
    long codeShift() {
        return codeShift;
    }

    /** The name under which the memory is exported, if there is one. */
    Optional<String> memoryExport() {
        return memoryExport;
    }

    /** The name under which the start function is exported, if there is one. */
    Optional<String> startExport() {
        return startExport;
    }

    static ModulePatch of(Module module, byte[] binary, InstanceLimits limits) {
        return new Patcher(module, binary, limits).patch();
    }

    private static final class Patcher {

        private final Module module;
        private final byte[] binary;
        private final InstanceLimits limits;
        private final WasmWriter out = new WasmWriter().preamble();
        private final Optional<String> memoryExport;
        private final Optional<String> startExport;
        private boolean exportsWritten;
        private GuestCode code = new GuestCode(new byte[0], 0);
        private long codeShift;

        Patcher(Module module, byte[] binary, InstanceLimits limits) {
            this.module = module;
            this.binary = binary;
            this.limits = limits;
            this.memoryExport = module.memories().isEmpty() ? Optional.empty() : Optional.of(unusedName("memory"));
            this.startExport = module.start().isEmpty() ? Optional.empty() : Optional.of(unusedName("start"));
        }

        ModulePatch patch() {
            for (Section section : module.sections()) {
                if (section.id() == Section.CUSTOM) {
                    continue;
                }
                if (section.id() > Section.EXPORT && !exportsWritten) {
                    exports(new WasmWriter(), 0);
                }
                copyOrRewrite(section);
            }
            if (!exportsWritten) {
                exports(new WasmWriter(), 0);
            }
            return new ModulePatch(out.toBytes(), code, codeShift, memoryExport, startExport);
        }

        private void copyOrRewrite(Section section) {
            switch (section.id()) {
                case Section.TABLE -> out.section(Section.TABLE, tables());
                case Section.MEMORY -> out.section(Section.MEMORY, memories());
                case Section.EXPORT ->
                    exports(existingExports(section), module.exports().size());
                case Section.START -> {}
                default -> copy(section);
            }
        }

        private void copy(Section section) {
            int start = Math.toIntExact(section.offset());
            int end = Math.toIntExact(section.end());
            if (section.id() == Section.CODE) {
                code = new GuestCode(Arrays.copyOfRange(binary, start, end), out.size());
                codeShift = section.offset() - out.size();
            }
            out.bytes(binary, start, end - start);
        }

        private WasmWriter tables() {
            WasmWriter section = new WasmWriter().u32(module.tables().size());
            for (ExternalType.Table table : module.tables()) {
                section.u8(table.elementType().code());
                limited(section, table.limits(), limits.tableElements());
            }
            return section;
        }

        private WasmWriter memories() {
            WasmWriter section = new WasmWriter().u32(module.memories().size());
            for (ExternalType.Memory memory : module.memories()) {
                limited(section, memory.limits(), limits.memoryPages());
            }
            return section;
        }

        private static void limited(WasmWriter section, Limits declared, long limit) {
            long maximum = Math.min(declared.maximum().orElse(limit), limit);
            section.u8(WITH_MAXIMUM).u32(declared.minimum()).u32(Math.max(declared.minimum(), maximum));
        }

        /** The entries of the export section, which stand behind their count. */
        private WasmWriter existingExports(Section section) {
            int start = Math.toIntExact(section.contentOffset());
            while ((binary[start] & 0x80) != 0) {
                start++;
            }
            start++;
            return new WasmWriter().bytes(binary, start, Math.toIntExact(section.end()) - start);
        }

        private void exports(WasmWriter existing, int count) {
            exportsWritten = true;
            int added = (memoryExport.isPresent() ? 1 : 0) + (startExport.isPresent() ? 1 : 0);
            if (count + added == 0) {
                return;
            }
            WasmWriter section = new WasmWriter().u32(count + added).bytes(existing.toBytes());
            memoryExport.ifPresent(name -> section.name(name).u8(MEMORY_KIND).u32(0));
            startExport.ifPresent(name ->
                    section.name(name).u8(FUNCTION_KIND).u32(module.start().getAsInt()));
            out.section(Section.EXPORT, section);
        }

        private String unusedName(String wanted) {
            List<String> used = module.exports().stream().map(Export::name).toList();
            String name = "mayfly:" + wanted;
            while (used.contains(name)) {
                name += "'";
            }
            return name;
        }
    }
}
