package dev.mayfly.compiler.ssa;

import dev.mayfly.abi.TrapCode;
import java.util.Locale;

/** What the text form shows of an instruction besides its name, arguments and edges. */
final class Notation {

    private Notation() {}

    /** Whether the immediate is a constant or numbers a function, global or table. */
    static boolean immediateComesFirst(Opcode opcode) {
        return switch (opcode) {
            case CONST, CALL, FUNCTION_REFERENCE, GLOBAL_GET, GLOBAL_SET, TABLE_SIZE, TABLE_LOAD, TABLE_STORE -> true;
            default -> false;
        };
    }

    /** Whether the immediate is added to an address. */
    static boolean immediateComesLast(Opcode opcode) {
        return accessedBytes(opcode, Type.I64) > 0;
    }

    /** How many bytes of linear memory it reads or writes where the value has this type; zero if none. */
    static int accessedBytes(Opcode opcode, Type type) {
        return switch (opcode) {
            case LOAD, STORE -> type.bytes();
            case LOAD8_S, LOAD8_U, STORE8 -> 1;
            case LOAD16_S, LOAD16_U, STORE16 -> 2;
            case LOAD32_S, LOAD32_U, STORE32 -> 4;
            default -> 0;
        };
    }

    /** What the auxiliary number means: written behind the opcode and a dot, empty where it means nothing. */
    static String modifier(Opcode opcode, int auxiliary, Type accessed) {
        return switch (opcode) {
            case ICMP -> IntCondition.of(auxiliary).toString();
            case FCMP -> FloatCondition.of(auxiliary).toString();
            case BUILTIN -> Builtin.of(auxiliary).toString();
            case TRAP_IF, TRAP -> TrapCode.values()[auxiliary].name().toLowerCase(Locale.ROOT);
            default -> {
                int bytes = accessedBytes(opcode, accessed);
                yield bytes == 0 || bytes == 1 << auxiliary ? "" : "align" + (1 << auxiliary);
            }
        };
    }

    /** The inverse of {@link #modifier}. */
    static int auxiliary(Opcode opcode, String modifier, Type accessed) {
        return switch (opcode) {
            case ICMP -> find(IntCondition.values(), modifier);
            case FCMP -> find(FloatCondition.values(), modifier);
            case BUILTIN -> find(Builtin.values(), modifier);
            case TRAP_IF, TRAP ->
                TrapCode.valueOf(modifier.toUpperCase(Locale.ROOT)).ordinal();
            default -> {
                int bytes = accessedBytes(opcode, accessed);
                int alignment = modifier.isEmpty() ? bytes : Integer.parseInt(modifier.substring("align".length()));
                yield bytes == 0 ? 0 : Integer.numberOfTrailingZeros(alignment);
            }
        };
    }

    private static int find(Enum<?>[] all, String text) {
        for (Enum<?> one : all) {
            if (one.toString().equals(text)) {
                return one.ordinal();
            }
        }
        throw new IllegalArgumentException("no modifier '" + text + "'");
    }
}
