package dev.mayfly.image;

import dev.mayfly.wasm.ConstantExpression;
import dev.mayfly.wasm.ElementSegment;
import java.util.function.ToLongFunction;

/** Reads the references of an element segment from a module that has been validated. */
final class ElementReader {

    private static final int REF_FUNC = 0xD2;
    private static final int GLOBAL_GET = 0x23;

    private final byte[] binary;
    private final ElementSegment segment;
    private int position;

    ElementReader(byte[] binary, ElementSegment segment) {
        this.binary = binary;
        this.segment = segment;
        position = (int) segment.offset();
    }

    long[] read(ToLongFunction<ConstantExpression> evaluator) {
        long[] references = new long[segment.count()];
        for (int i = 0; i < references.length; i++) {
            references[i] = evaluator.applyAsLong(next());
        }
        return references;
    }

    private ConstantExpression next() {
        if (segment.encoding() == ElementSegment.Encoding.FUNCTION_INDEX) {
            return new ConstantExpression.FunctionReference(index());
        }
        int opcode = binary[position++] & 0xFF;
        ConstantExpression expression =
                switch (opcode) {
                    case REF_FUNC -> new ConstantExpression.FunctionReference(index());
                    case GLOBAL_GET -> new ConstantExpression.GlobalValue(index());
                    default -> {
                        // ref.null and the heap type
                        position++;
                        yield new ConstantExpression.NullReference(segment.type());
                    }
                };
        position++;
        return expression;
    }

    private int index() {
        int value = 0;
        int shift = 0;
        int next;
        do {
            next = binary[position++];
            value |= (next & 0x7F) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }
}
