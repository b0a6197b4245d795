package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.ElementSegment;
import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.ValueType;
import java.io.IOException;

/** The element segments (core specification 2.0, section 5.5.12). A segment begins with a number made of flags. */
final class ElementSection implements SectionFormat {

    private static final int NOT_ACTIVE = 1;
    /** An active segment names its table; one that is not active is declarative. */
    private static final int EXPLICIT = 2;

    private static final int EXPRESSIONS = 4;
    private static final int ALL = NOT_ACTIVE | EXPLICIT | EXPRESSIONS;

    @Override
    public void read(SectionInput input) throws IOException, ModuleException {
        for (int left = input.count("elementSegments", input.limits().elementSegments()); left > 0; left--) {
            segment(input);
        }
    }

    private static void segment(SectionInput input) throws IOException, ModuleException {
        BinaryReader in = input.in();
        long offset = in.offset();
        int flags = in.u32();
        if ((flags & ~ALL) != 0) {
            throw new MalformedModuleException("malformed elements segment kind", offset);
        }
        mode(input, flags, offset);
        boolean expressions = (flags & EXPRESSIONS) != 0;
        boolean typed = (flags & (NOT_ACTIVE | EXPLICIT)) != 0;
        long typeOffset = in.offset();
        input.visitor().elementType(typed ? type(in, expressions) : ValueType.FUNCREF, typeOffset);
        elements(input, expressions);
    }

    private static void mode(SectionInput input, int flags, long offset) throws IOException, ModuleException {
        boolean explicit = (flags & EXPLICIT) != 0;
        if ((flags & NOT_ACTIVE) == 0) {
            int table = explicit ? input.in().u32() : 0;
            input.visitor().activeElements(table, input.expression(), offset);
            input.instructions().finish();
        } else if (explicit) {
            input.visitor().declarativeElements(offset);
        } else {
            input.visitor().passiveElements(offset);
        }
    }

    private static ValueType type(BinaryReader in, boolean expressions) throws IOException, ModuleException {
        if (expressions) {
            return TypeFormat.referenceType(in);
        }
        if (in.u8() != 0) {
            throw new MalformedModuleException("malformed element kind", in.offset() - 1);
        }
        return ValueType.FUNCREF;
    }

    private static void elements(SectionInput input, boolean expressions) throws IOException, ModuleException {
        BinaryReader in = input.in();
        int count = input.count("elements", Integer.MAX_VALUE);
        long start = in.offset();
        for (int left = count; left > 0; left--) {
            long offset = in.offset();
            if (expressions) {
                input.visitor().element(input.expression(), offset);
                input.instructions().finish();
            } else {
                input.visitor().element(in.u32(), offset);
            }
        }
        ElementSegment.Encoding encoding =
                expressions ? ElementSegment.Encoding.EXPRESSION : ElementSegment.Encoding.FUNCTION_INDEX;
        input.visitor().endElements(count, encoding, start, in.offset() - start);
    }
}
