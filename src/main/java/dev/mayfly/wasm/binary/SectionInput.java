package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import java.io.IOException;

/**
 * What a section is read with.
 *
 * @param in at the section's contents, bounded by the section's end
 * @param instructions reads from the same bytes
 */
record SectionInput(
        BinaryReader in, InstructionReader instructions, BinaryLimits limits, Totals totals, ModuleVisitor visitor) {

    /** The length of a vector, held against a limit. */
    int count(String limit, int maximum) throws IOException, ModuleException {
        long offset = in.offset();
        long count = Integer.toUnsignedLong(in.u32());
        // Every element takes a byte at least.
        if (count > in.remaining()) {
            throw new MalformedModuleException("length out of bounds", offset);
        }
        if (count > maximum) {
            throw new ModuleLimitException(limit, maximum, count, offset);
        }
        return (int) count;
    }

    String name() throws IOException, ModuleException {
        return in.utf8(count("nameLength", limits.nameLength()));
    }

    /** The instruction reader at the beginning of an expression. */
    InstructionReader expression() {
        instructions.begin(totals.dataCounted());
        return instructions;
    }
}
