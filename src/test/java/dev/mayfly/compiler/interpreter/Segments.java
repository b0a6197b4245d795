package dev.mayfly.compiler.interpreter;

import dev.mayfly.wasm.ConstantExpression;
import dev.mayfly.wasm.DataSegment;
import dev.mayfly.wasm.ElementSegment;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.binary.BinaryLimits;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Opcode;
import java.io.IOException;
import java.util.Arrays;

/** Reads the contents of segments from a binary. */
final class Segments {

    private final byte[] binary;
    private int at;

    private Segments(byte[] binary, long offset) {
        this.binary = binary;
        this.at = (int) offset;
    }

    static byte[] data(byte[] binary, DataSegment segment) {
        return Arrays.copyOfRange(binary, (int) segment.offset(), (int) (segment.offset() + segment.size()));
    }

    static long[] elements(byte[] binary, ElementSegment segment, Instance instance)
            throws IOException, ModuleException {
        long[] references = new long[segment.count()];
        Segments reader = new Segments(binary, segment.offset());
        for (int i = 0; i < references.length; i++) {
            references[i] = segment.encoding() == ElementSegment.Encoding.FUNCTION_INDEX
                    ? instance.references().of(instance.function(reader.number()))
                    : reader.expression(segment, instance);
        }
        return references;
    }

    private int number() {
        int result = 0;
        int shift = 0;
        while (true) {
            int next = binary[at++];
            result |= (next & 0x7F) << shift;
            if (next >= 0) {
                return result;
            }
            shift += 7;
        }
    }

    private long expression(ElementSegment segment, Instance instance) throws IOException, ModuleException {
        InstructionReader reader = InstructionReader.of(
                Arrays.copyOfRange(binary, at, (int) (segment.offset() + segment.size())), at, BinaryLimits.DEFAULT);
        Opcode opcode = reader.next();
        long value =
                switch (opcode) {
                    case REF_NULL -> 0;
                    case REF_FUNC -> instance.evaluate(new ConstantExpression.FunctionReference(reader.index()));
                    default -> instance.evaluate(new ConstantExpression.GlobalValue(reader.index()));
                };
        reader.next();
        at = (int) reader.offset() + 1;
        return value;
    }
}
