package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.ModuleException;
import java.io.IOException;

/** The types of the functions whose bodies are in the code section (core specification 2.0, section 5.5.6). */
final class FunctionSection implements SectionFormat {

    @Override
    public void read(SectionInput input) throws IOException, ModuleException {
        BinaryReader in = input.in();
        long start = in.offset();
        int count = input.count("functions", input.limits().functions());
        input.totals().addFunctions(count, start);
        input.totals().definedFunctions(count);
        for (int left = count; left > 0; left--) {
            long offset = in.offset();
            input.visitor().function(in.u32(), offset);
        }
    }
}
