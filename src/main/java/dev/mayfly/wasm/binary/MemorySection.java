package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.ModuleException;
import java.io.IOException;

/** The memories (core specification 2.0, section 5.5.8). */
final class MemorySection implements SectionFormat {

    @Override
    public void read(SectionInput input) throws IOException, ModuleException {
        BinaryReader in = input.in();
        // Their number is limited by validation: version 2.0 has one at most.
        for (int left = input.count("memories", Integer.MAX_VALUE); left > 0; left--) {
            long offset = in.offset();
            input.visitor().memory(TypeFormat.memory(in), offset);
        }
    }
}
