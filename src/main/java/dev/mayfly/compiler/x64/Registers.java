package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.regalloc.RegisterFile;
import java.util.List;
import java.util.stream.IntStream;

/** The physical registers: general ones have the processor's numbers, and {@code xmm0} is 16. */
final class Registers {

    static final int NONE = -1;

    static final int RAX = 0;
    static final int RCX = 1;
    static final int RDX = 2;
    static final int RBX = 3;
    static final int RSP = 4;
    static final int RBP = 5;
    static final int RSI = 6;
    static final int RDI = 7;
    static final int R8 = 8;
    static final int R9 = 9;
    static final int R10 = 10;
    static final int R11 = 11;
    static final int R12 = 12;
    static final int R13 = 13;
    static final int R14 = 14;
    static final int R15 = 15;
    static final int XMM0 = 16;

    /** Never holds a value but for a moment, while others change places. */
    static final int SCRATCH = XMM0 + 15;

    /** All but the stack pointer and the frame pointer. Those that make shorter code come first. */
    static final RegisterFile FILE = new RegisterFile(
            List.of(RAX, RCX, RDX, RSI, RDI, RBX, R8, R9, R10, R11, R12, R13, R14, R15),
            IntStream.range(XMM0, SCRATCH).boxed().toList(),
            -1L,
            SCRATCH);

    private static final String[] WIDE = {"rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi"};
    private static final String[] BYTES = {"al", "cl", "dl", "bl", "spl", "bpl", "sil", "dil"};

    private Registers() {}

    static boolean isGeneral(int register) {
        return register < XMM0;
    }

    /** As assemblers call it, when an instruction uses so many bytes of it. */
    static String name(int register, int bytes) {
        if (!isGeneral(register)) {
            return "xmm" + (register - XMM0);
        }
        if (register >= R8) {
            return "r" + register
                    + switch (bytes) {
                        case 1 -> "b";
                        case 2 -> "w";
                        case 4 -> "d";
                        default -> "";
                    };
        }
        return switch (bytes) {
            case 1 -> BYTES[register];
            case 2 -> WIDE[register].substring(1);
            case 4 -> "e" + WIDE[register].substring(1);
            default -> WIDE[register];
        };
    }
}
