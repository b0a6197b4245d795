package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import java.io.IOException;

/** How many data segments there will be (core specification 2.0, section 5.5.16). */
final class DataCountSection implements SectionFormat {

    @Override
    public void read(SectionInput input) throws IOException, ModuleException {
        long offset = input.in().offset();
        int count = input.in().u32();
        if (count < 0 || count > input.limits().dataSegments()) {
            throw new ModuleLimitException(
                    "dataSegments", input.limits().dataSegments(), Integer.toUnsignedLong(count), offset);
        }
        input.totals().dataCount(count);
        input.visitor().dataCount(count, offset);
    }
}
