package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.ModuleException;
import java.io.IOException;

/** The tables (core specification 2.0, section 5.5.7). */
final class TableSection implements SectionFormat {

    @Override
    public void read(SectionInput input) throws IOException, ModuleException {
        BinaryReader in = input.in();
        long start = in.offset();
        int count = input.count("tables", input.limits().tables());
        input.totals().addTables(count, start);
        for (int left = count; left > 0; left--) {
            long offset = in.offset();
            input.visitor().table(TypeFormat.table(in), offset);
        }
    }
}
