package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.ModuleException;
import java.io.IOException;

/** The data segments (core specification 2.0, section 5.5.14). Their bytes are passed over. */
final class DataSection implements SectionFormat {

    private static final int ACTIVE = 0;
    private static final int PASSIVE = 1;
    private static final int ACTIVE_EXPLICIT = 2;

    @Override
    public void read(SectionInput input) throws IOException, ModuleException {
        long start = input.in().offset();
        int count = input.count("dataSegments", input.limits().dataSegments());
        input.totals().dataSegments(count, start);
        for (int left = count; left > 0; left--) {
            mode(input);
            bytes(input);
        }
    }

    private static void mode(SectionInput input) throws IOException, ModuleException {
        BinaryReader in = input.in();
        long offset = in.offset();
        int flags = in.u32();
        switch (flags) {
            case PASSIVE -> input.visitor().passiveData(offset);
            case ACTIVE, ACTIVE_EXPLICIT -> {
                int memory = flags == ACTIVE ? 0 : in.u32();
                input.visitor().activeData(memory, input.expression(), offset);
                input.instructions().finish();
            }
            default -> throw new MalformedModuleException("malformed data segment kind", offset);
        }
    }

    private static void bytes(SectionInput input) throws IOException, ModuleException {
        BinaryReader in = input.in();
        long sizeOffset = in.offset();
        long size = Integer.toUnsignedLong(in.u32());
        if (size > in.remaining()) {
            throw new MalformedModuleException("unexpected end of section or function", sizeOffset);
        }
        long start = in.offset();
        in.skipTo(start + size);
        input.visitor().data(start, size);
    }
}
