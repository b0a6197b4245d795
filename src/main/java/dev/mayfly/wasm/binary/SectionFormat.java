package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.ModuleException;
import java.io.IOException;

/** Knows the contents of one kind of section. */
interface SectionFormat {

    /** Reads a section's contents to their end. */
    void read(SectionInput input) throws IOException, ModuleException;
}
