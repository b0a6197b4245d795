package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.ModuleException;
import java.io.IOException;

/** The exports (core specification 2.0, section 5.5.10). */
final class ExportSection implements SectionFormat {

    @Override
    public void read(SectionInput input) throws IOException, ModuleException {
        BinaryReader in = input.in();
        for (int left = input.count("exports", input.limits().exports()); left > 0; left--) {
            long offset = in.offset();
            String name = input.name();
            long kindOffset = in.offset();
            int code = in.u8();
            ExternalKind kind = ExternalKind.of(code);
            if (kind == null) {
                LaterProposals.refuseExternalKind(code, kindOffset);
                throw new MalformedModuleException("malformed export kind", kindOffset);
            }
            input.visitor().export(name, kind, in.u32(), offset);
        }
    }
}
