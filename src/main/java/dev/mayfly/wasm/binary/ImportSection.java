package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.ModuleException;
import java.io.IOException;

/** The imports (core specification 2.0, section 5.5.5). */
final class ImportSection implements SectionFormat {

    @Override
    public void read(SectionInput input) throws IOException, ModuleException {
        for (int left = input.count("imports", input.limits().imports()); left > 0; left--) {
            readImport(input);
        }
    }

    private static void readImport(SectionInput input) throws IOException, ModuleException {
        BinaryReader in = input.in();
        ModuleVisitor visitor = input.visitor();
        long offset = in.offset();
        String module = input.name();
        String name = input.name();
        switch (kind(in)) {
            case FUNCTION -> {
                input.totals().addFunctions(1, offset);
                visitor.importFunction(module, name, in.u32(), offset);
            }
            case TABLE -> {
                input.totals().addTables(1, offset);
                visitor.importTable(module, name, TypeFormat.table(in), offset);
            }
            case MEMORY -> visitor.importMemory(module, name, TypeFormat.memory(in), offset);
            case GLOBAL -> {
                input.totals().addGlobals(1, offset);
                visitor.importGlobal(module, name, TypeFormat.global(in), offset);
            }
        }
    }

    private static ExternalKind kind(BinaryReader in) throws IOException, ModuleException {
        long offset = in.offset();
        int code = in.u8();
        ExternalKind kind = ExternalKind.of(code);
        if (kind == null) {
            // A tag's import goes on with a zero byte and a type; anything else of its kind is no import at all.
            if (in.remaining() >= 2 && in.u8() == 0) {
                LaterProposals.refuseExternalKind(code, offset);
            }
            throw new MalformedModuleException("malformed import kind", offset);
        }
        return kind;
    }
}
