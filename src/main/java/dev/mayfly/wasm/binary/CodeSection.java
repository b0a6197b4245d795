package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import java.io.IOException;

/** The function bodies (core specification 2.0, section 5.5.13), one at a time. */
final class CodeSection implements SectionFormat {

    private final Locals locals = new Locals();

    @Override
    public void read(SectionInput input) throws IOException, ModuleException {
        long start = input.in().offset();
        int count = input.count("functions", input.limits().functions());
        input.totals().bodies(count, start);
        for (int number = 0; number < count; number++) {
            body(input, number);
        }
    }

    private void body(SectionInput input, int number) throws IOException, ModuleException {
        BinaryReader in = input.in();
        long sizeOffset = in.offset();
        long size = Integer.toUnsignedLong(in.u32());
        if (size > in.remaining()) {
            throw new MalformedModuleException("unexpected end of section or function", sizeOffset);
        }
        if (size > input.limits().bodySize()) {
            throw new ModuleLimitException("bodySize", input.limits().bodySize(), size, sizeOffset);
        }
        long start = in.offset();
        long sectionEnd = in.bound(start + size);
        locals.read(in, input.limits().locals());
        input.visitor().functionBody(new FunctionBody(number, start, (int) size, locals, input.expression()));
        input.instructions().finish();
        if (in.remaining() != 0) {
            throw new MalformedModuleException("section size mismatch: bytes behind the function's end", in.offset());
        }
        in.bound(sectionEnd);
    }
}
