package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.ModuleException;
import java.io.IOException;

/** The function types (core specification 2.0, section 5.5.4). */
final class TypeSection implements SectionFormat {

    @Override
    public void read(SectionInput input) throws IOException, ModuleException {
        BinaryReader in = input.in();
        for (int left = input.count("types", input.limits().types()); left > 0; left--) {
            long offset = in.offset();
            input.visitor().type(TypeFormat.functionType(in, input.limits()), offset);
        }
    }
}
