package dev.mayfly.functions;

import dev.mayfly.sandbox.ModuleKind;
import dev.mayfly.wasm.Module;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A module's face to its host, for people to look at: long lists and texts are cut.
 *
 * @param kind what WASI preview 1 calls it
 * @param importCount how many imports there are
 * @param imports the first of them
 * @param exportCount how many exports there are
 * @param exports the first of them
 */
record ModuleInterface(
        ModuleKind kind, int importCount, List<ImportLine> imports, int exportCount, List<ExportLine> exports) {

    private static final int MAX_LINES = 500;
    private static final int MAX_TEXT = 120;

    @Schema(name = "Import")
    record ImportLine(
            @Schema(example = "wasi_snapshot_preview1") String module,
            @Schema(example = "fd_write") String name,

            @Schema(example = "func (i32, i32, i32, i32) -> (i32)")
            String type) {}

    @Schema(name = "Export")
    record ExportLine(
            @Schema(example = "_start") String name,
            @Schema(example = "func () -> ()") String type) {}

    ModuleInterface {
        imports = List.copyOf(imports);
        exports = List.copyOf(exports);
    }

    static ModuleInterface of(Module module) {
        return new ModuleInterface(
                ModuleKind.of(module),
                module.imports().size(),
                module.imports().stream()
                        .limit(MAX_LINES)
                        .map(i -> new ImportLine(
                                cut(i.module()), cut(i.name()), cut(i.type().toString())))
                        .toList(),
                module.exports().size(),
                module.exports().stream()
                        .limit(MAX_LINES)
                        .map(e -> new ExportLine(cut(e.name()), cut(e.type().toString())))
                        .toList());
    }

    private static String cut(String text) {
        if (text.length() <= MAX_TEXT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
        return text.substring(0, end) + "…";
    }
}
