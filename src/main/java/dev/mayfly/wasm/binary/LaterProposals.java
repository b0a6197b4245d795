package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.UnsupportedModuleException;
import org.jspecify.annotations.Nullable;

/**
 * Recognises what WebAssembly gained, or may gain, after version 2.0, so that a module that uses it is told apart from
 * a damaged one. Only encodings that no test of version 2.0 expects to be malformed are here.
 */
final class LaterProposals {

    private static final String EXCEPTIONS = "exception handling";
    private static final String TAIL_CALLS = "tail calls";
    private static final String FUNCTION_REFERENCES = "typed function references";
    private static final String GC = "garbage collection";
    private static final String STACK_SWITCHING = "stack switching";
    private static final String THREADS = "threads";

    private LaterProposals() {}

    /** The error for a use of a proposal. */
    static UnsupportedModuleException unsupported(String proposal, long offset) {
        return new UnsupportedModuleException("the " + proposal + " proposal is not supported", offset);
    }

    /** Throws if an opcode, which is none of version 2.0, belongs to a proposal. */
    static void refuseOpcode(int code, long offset) throws UnsupportedModuleException {
        refuse(opcode(code), offset);
    }

    /** Throws if an opcode behind a prefix, which is none of version 2.0, belongs to a proposal. */
    static void refuseOpcode(int prefix, int code, long offset) throws UnsupportedModuleException {
        refuse(opcode(prefix, code), offset);
    }

    /** Throws if a byte that stands for a type, but for none of version 2.0, belongs to a proposal. */
    static void refuseType(int code, long offset) throws UnsupportedModuleException {
        refuse(type(code), offset);
    }

    /** Throws if a type definition that is no function type belongs to a proposal. */
    static void refuseTypeDefinition(int code, long offset) throws UnsupportedModuleException {
        refuse(
                switch (code) {
                    case 0x4E, 0x4F, 0x50, 0x5E, 0x5F -> GC;
                    case 0x5D -> STACK_SWITCHING;
                    default -> null;
                },
                offset);
    }

    static void refuseMemoryLimits(int flags, long offset) throws UnsupportedModuleException {
        refuse(
                switch (flags) {
                    case 0x03 -> THREADS;
                    case 0x04, 0x05, 0x06, 0x07 -> "memory64";
                    case 0x08, 0x09, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F -> "custom page sizes";
                    default -> null;
                },
                offset);
    }

    static void refuseTableLimits(int flags, long offset) throws UnsupportedModuleException {
        refuse(
                switch (flags) {
                    case 0x03 -> "shared-everything threads";
                    case 0x04, 0x05 -> "memory64";
                    default -> null;
                },
                offset);
    }

    /** A section that declares tags. */
    static void refuseSection(int id, long offset) throws UnsupportedModuleException {
        refuse(id == 0x0D ? EXCEPTIONS : null, offset);
    }

    /** A table behind 0x40 has an initial value. */
    static void refuseTable(int code, long offset) throws UnsupportedModuleException {
        refuse(code == 0x40 ? FUNCTION_REFERENCES : null, offset);
    }

    /** Throws if the kind of an import or export, which is none of version 2.0, belongs to a proposal. */
    static void refuseExternalKind(int code, long offset) throws UnsupportedModuleException {
        refuse(code == 0x04 ? EXCEPTIONS : null, offset);
    }

    private static void refuse(@Nullable String proposal, long offset) throws UnsupportedModuleException {
        if (proposal != null) {
            throw unsupported(proposal, offset);
        }
    }

    private static @Nullable String opcode(int code) {
        return switch (code) {
            case 0x06, 0x07, 0x08, 0x09, 0x0A, 0x18, 0x19, 0x1F -> EXCEPTIONS;
            case 0x12, 0x13 -> TAIL_CALLS;
            case 0x14, 0x15, 0xD4, 0xD5, 0xD6 -> FUNCTION_REFERENCES;
            case 0xD3, 0xFB -> GC;
            case 0xE0, 0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6 -> STACK_SWITCHING;
            case 0xFE -> THREADS;
            default -> null;
        };
    }

    private static @Nullable String opcode(int prefix, int code) {
        if (prefix == 0xFD) {
            return code >= 0x100 && code <= 0x12F ? "relaxed SIMD" : null;
        }
        return switch (code) {
            case 0x12 -> "memory control";
            case 0x13, 0x14, 0x15, 0x16 -> "wide arithmetic";
            default -> null;
        };
    }

    private static @Nullable String type(int code) {
        return switch (code) {
            case 0x63, 0x64 -> FUNCTION_REFERENCES;
            case 0x69, 0x74 -> EXCEPTIONS;
            case 0x68, 0x75 -> STACK_SWITCHING;
            case 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x71, 0x72, 0x73, 0x77, 0x78 -> GC;
            default -> null;
        };
    }
}
