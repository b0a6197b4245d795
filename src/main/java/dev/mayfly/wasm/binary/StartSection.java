package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.ModuleException;
import java.io.IOException;

/** The start function (core specification 2.0, section 5.5.11). */
final class StartSection implements SectionFormat {

    @Override
    public void read(SectionInput input) throws IOException, ModuleException {
        long offset = input.in().offset();
        input.visitor().start(input.in().u32(), offset);
    }
}
