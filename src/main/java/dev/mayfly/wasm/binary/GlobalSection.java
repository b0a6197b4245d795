package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.ModuleException;
import java.io.IOException;

/** The global variables (core specification 2.0, section 5.5.9). */
final class GlobalSection implements SectionFormat {

    @Override
    public void read(SectionInput input) throws IOException, ModuleException {
        BinaryReader in = input.in();
        long start = in.offset();
        int count = input.count("globals", input.limits().globals());
        input.totals().addGlobals(count, start);
        for (int left = count; left > 0; left--) {
            long offset = in.offset();
            ExternalType.Global type = TypeFormat.global(in);
            input.visitor().global(type, input.expression(), offset);
            input.instructions().finish();
        }
    }
}
