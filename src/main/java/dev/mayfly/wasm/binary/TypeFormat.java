package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.Limits;
import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.UnsupportedModuleException;
import dev.mayfly.wasm.ValueType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads types (core specification 2.0, section 5.3). */
final class TypeFormat {

    private static final int FUNCTION = 0x60;
    private static final @Nullable ValueType[] BY_CODE = new ValueType[0x80];

    static {
        for (ValueType type : ValueType.values()) {
            BY_CODE[type.code()] = type;
        }
    }

    private TypeFormat() {}

    static @Nullable ValueType valueTypeOf(int code) {
        return code < BY_CODE.length ? BY_CODE[code] : null;
    }

    static ValueType valueType(BinaryReader in)
            throws IOException, MalformedModuleException, UnsupportedModuleException {
        long offset = in.offset();
        int code = in.u8();
        ValueType type = valueTypeOf(code);
        if (type == null) {
            LaterProposals.refuseType(code, offset);
            throw new MalformedModuleException("malformed value type", offset);
        }
        return type;
    }

    static ValueType referenceType(BinaryReader in)
            throws IOException, MalformedModuleException, UnsupportedModuleException {
        long offset = in.offset();
        return referenceType(in.u8(), offset);
    }

    private static ValueType referenceType(int code, long offset)
            throws MalformedModuleException, UnsupportedModuleException {
        ValueType type = valueTypeOf(code);
        if (type == null || !type.isReference()) {
            LaterProposals.refuseType(code, offset);
            throw new MalformedModuleException("malformed reference type", offset);
        }
        return type;
    }

    static FunctionType functionType(BinaryReader in, BinaryLimits limits) throws IOException, ModuleException {
        long offset = in.offset();
        int code = in.u8();
        if (code != FUNCTION) {
            LaterProposals.refuseTypeDefinition(code, offset);
            throw new MalformedModuleException("malformed function type", offset);
        }
        List<ValueType> parameters = resultType(in, "parameters", limits.parameters());
        return new FunctionType(parameters, resultType(in, "results", limits.results()));
    }

    private static List<ValueType> resultType(BinaryReader in, String limit, int maximum)
            throws IOException, ModuleException {
        long offset = in.offset();
        int count = in.u32();
        if (Integer.toUnsignedLong(count) > in.remaining()) {
            throw new MalformedModuleException("length out of bounds", offset);
        }
        if (count > maximum) {
            throw new ModuleLimitException(limit, maximum, count, offset);
        }
        List<ValueType> types = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            types.add(valueType(in));
        }
        return types;
    }

    static ExternalType.Table table(BinaryReader in)
            throws IOException, MalformedModuleException, UnsupportedModuleException {
        long typeOffset = in.offset();
        int code = in.u8();
        LaterProposals.refuseTable(code, typeOffset);
        ValueType type = referenceType(code, typeOffset);
        long offset = in.offset();
        int flags = in.u8();
        LaterProposals.refuseTableLimits(flags, offset);
        return new ExternalType.Table(type, limits(in, flags, offset));
    }

    static ExternalType.Memory memory(BinaryReader in)
            throws IOException, MalformedModuleException, UnsupportedModuleException {
        long offset = in.offset();
        int flags = in.u8();
        LaterProposals.refuseMemoryLimits(flags, offset);
        return new ExternalType.Memory(limits(in, flags, offset));
    }

    private static Limits limits(BinaryReader in, int flags, long offset) throws IOException, MalformedModuleException {
        if (flags > 1) {
            throw new MalformedModuleException(
                    flags < 0x80 ? "integer too large" : "integer representation too long", offset);
        }
        long minimum = Integer.toUnsignedLong(in.u32());
        return new Limits(
                minimum, flags == 0 ? OptionalLong.empty() : OptionalLong.of(Integer.toUnsignedLong(in.u32())));
    }

    static ExternalType.Global global(BinaryReader in)
            throws IOException, MalformedModuleException, UnsupportedModuleException {
        ValueType type = valueType(in);
        int mutability = in.u8();
        if (mutability > 1) {
            throw new MalformedModuleException("malformed mutability", in.offset() - 1);
        }
        return new ExternalType.Global(type, mutability == 1);
    }
}
