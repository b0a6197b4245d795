package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.ModuleException;
import java.io.IOException;

/**
 * A custom section (core specification 2.0, section 5.5.3). Its name must be well-formed, its contents may be anything;
 * only function names (appendix A.4.2) are read.
 */
final class CustomSection implements SectionFormat {

    private static final String NAME_SECTION = "name";
    private static final int FUNCTION_NAMES = 1;

    @Override
    public void read(SectionInput input) throws IOException, ModuleException {
        BinaryReader in = input.in();
        long sectionEnd = in.offset() + in.remaining();
        if (input.name().equals(NAME_SECTION)) {
            readNames(input, sectionEnd);
        }
        in.bound(sectionEnd);
        in.skipTo(sectionEnd);
    }

    private static void readNames(SectionInput input, long sectionEnd) throws IOException {
        BinaryReader in = input.in();
        try {
            while (in.remaining() > 0) {
                int id = in.u8();
                long size = Integer.toUnsignedLong(in.u32());
                long end = Math.min(sectionEnd, in.offset() + size);
                in.bound(end);
                if (id == FUNCTION_NAMES) {
                    functionNames(input);
                }
                in.skipTo(end);
                in.bound(sectionEnd);
            }
        } catch (MalformedModuleException e) {
            // Damage in a custom section is no error. If the binary itself ended, skipping the rest will say so.
            return;
        }
    }

    private static void functionNames(SectionInput input) throws IOException, MalformedModuleException {
        BinaryReader in = input.in();
        long allowed = input.limits().functionNameBytes();
        for (long left = Integer.toUnsignedLong(in.u32()); left > 0; left--) {
            int function = in.u32();
            int length = in.u32();
            allowed -= Integer.toUnsignedLong(length);
            if (allowed < 0) {
                return;
            }
            input.visitor().functionName(function, in.utf8(length));
        }
    }
}
