package dev.mayfly.compiler.x64;

import java.util.Locale;

/**
 * Instructions with a ModRM byte: one operand is a register, the other, called r/m, a register or memory. The opcode's
 * upper bytes say what comes before its last byte: a mandatory prefix (66, F2, F3) in the third, and the escape bytes 0F,
 * 0F 38 or 0F 3A (as 0F, 38, 3A) in the second. See Intel's manual, volume 2.
 */
enum Op {
    // The register is read and written.
    ADD(0x03, Form.MODIFY),
    OR(0x0B, Form.MODIFY),
    AND(0x23, Form.MODIFY),
    SUB(0x2B, Form.MODIFY),
    XOR(0x33, Form.MODIFY),
    IMUL(0x0FAF, Form.MODIFY),
    ADDSS(0xF30F58, Form.MODIFY),
    ADDSD(0xF20F58, Form.MODIFY),
    SUBSS(0xF30F5C, Form.MODIFY),
    SUBSD(0xF20F5C, Form.MODIFY),
    MULSS(0xF30F59, Form.MODIFY),
    MULSD(0xF20F59, Form.MODIFY),
    DIVSS(0xF30F5E, Form.MODIFY),
    DIVSD(0xF20F5E, Form.MODIFY),
    MINSS(0xF30F5D, Form.MODIFY),
    MINSD(0xF20F5D, Form.MODIFY),
    MAXSS(0xF30F5F, Form.MODIFY),
    MAXSD(0xF20F5F, Form.MODIFY),
    CMOV(0x0F40, Form.MODIFY),

    // The register is read and written; r/m, if it is memory, has 16 bytes and is aligned.
    ANDPS(0x0F54, Form.MODIFY_PACKED),
    ANDNPS(0x0F55, Form.MODIFY_PACKED),
    ORPS(0x0F56, Form.MODIFY_PACKED),
    XORPS(0x0F57, Form.MODIFY_PACKED),

    // The register is written.
    LOAD(0x8B, Form.DEFINE),
    MOVZX8(0x0FB6, Form.DEFINE),
    MOVZX16(0x0FB7, Form.DEFINE),
    MOVSX8(0x0FBE, Form.DEFINE),
    MOVSX16(0x0FBF, Form.DEFINE),
    MOVSXD(0x63, Form.DEFINE),
    LEA(0x8D, Form.DEFINE),
    POPCNT(0xF30FB8, Form.DEFINE),
    LZCNT(0xF30FBD, Form.DEFINE),
    TZCNT(0xF30FBC, Form.DEFINE),
    BSR(0x0FBD, Form.DEFINE),
    BSF(0x0FBC, Form.DEFINE),
    SQRTSS(0xF30F51, Form.DEFINE),
    SQRTSD(0xF20F51, Form.DEFINE),
    CVTSS2SD(0xF30F5A, Form.DEFINE),
    CVTSD2SS(0xF20F5A, Form.DEFINE),
    CVTSI2SS(0xF30F2A, Form.MODIFY),
    CVTSI2SD(0xF20F2A, Form.MODIFY),
    CVTTSS2SI(0xF30F2C, Form.DEFINE),
    CVTTSD2SI(0xF20F2C, Form.DEFINE),
    MOVSS(0xF30F10, Form.DEFINE),
    MOVSD(0xF20F10, Form.DEFINE),
    MOVAPS(0x0F28, Form.DEFINE),
    /** From a general register. */
    MOVD(0x660F6E, Form.DEFINE),
    /** With an immediate that says how to round. */
    ROUNDSS(0x663A0A, Form.DEFINE),
    ROUNDSD(0x663A0B, Form.DEFINE),
    /** With an immediate factor. */
    IMULI(0x69, Form.DEFINE),
    /** r/m shifted by a register; VEX. */
    SHLX(0x6638F7, Form.DEFINE),
    SARX(0xF338F7, Form.DEFINE),
    SHRX(0xF238F7, Form.DEFINE),
    /** r/m rotated by an immediate; VEX. */
    RORX(0xF23AF0, Form.DEFINE),

    // Both are read.
    CMP(0x3B, Form.READ),
    TEST(0x85, Form.READ),
    UCOMISS(0x0F2E, Form.READ),
    UCOMISD(0x660F2E, Form.READ),

    // The register is read and r/m, which is memory, is written.
    STORE(0x89, Form.STORE),
    STORE8(0x88, Form.STORE),
    STORE16(0x6600_89, Form.STORE),
    STORESS(0xF30F11, Form.STORE),
    STORESD(0xF20F11, Form.STORE),
    /** To a general register, which is written, from the register field's, which is read. */
    MOVD_TO(0x660F7E, Form.STORE),

    // r/m alone, with a number in the register's place; some have an immediate.
    ADDI(0x81, 0, Form.MODIFY),
    ORI(0x81, 1, Form.MODIFY),
    ANDI(0x81, 4, Form.MODIFY),
    SUBI(0x81, 5, Form.MODIFY),
    XORI(0x81, 6, Form.MODIFY),
    CMPI(0x81, 7, Form.READ),
    TESTI(0xF7, 0, Form.READ),
    MOVI(0xC7, 0, Form.DEFINE),
    MOVI8(0xC6, 0, Form.STORE),
    MOVI16(0x6600_C7, 0, Form.STORE),
    NOT(0xF7, 2, Form.MODIFY),
    NEG(0xF7, 3, Form.MODIFY),
    DIV(0xF7, 6, Form.READ),
    IDIV(0xF7, 7, Form.READ),
    ROL(0xD3, 0, Form.MODIFY),
    ROR(0xD3, 1, Form.MODIFY),
    SHL(0xD3, 4, Form.MODIFY),
    SHR(0xD3, 5, Form.MODIFY),
    SAR(0xD3, 7, Form.MODIFY),
    ROLI(0xC1, 0, Form.MODIFY),
    RORI(0xC1, 1, Form.MODIFY),
    SHLI(0xC1, 4, Form.MODIFY),
    SHRI(0xC1, 5, Form.MODIFY),
    SARI(0xC1, 7, Form.MODIFY),
    SET(0x0F90, 0, Form.DEFINE),
    CALL_REGISTER(0xFF, 2, Form.READ),
    JUMP_REGISTER(0xFF, 4, Form.READ),
    PUSH(0xFF, 6, Form.READ),
    POP(0x8F, 0, Form.DEFINE);

    /** What an instruction does with its operands. */
    enum Form {
        MODIFY,
        MODIFY_PACKED,
        DEFINE,
        READ,
        STORE
    }

    static final int NO_DIGIT = -1;

    private final int opcode;
    private final int digit;
    private final Form form;

    Op(int opcode, Form form) {
        this(opcode, NO_DIGIT, form);
    }

    Op(int opcode, int digit, Form form) {
        this.opcode = opcode;
        this.digit = digit;
        this.form = form;
    }

    Form form() {
        return form;
    }

    /** The last byte. */
    int opcode() {
        return opcode & 0xFF;
    }

    /** 0, 0x0F, or 0x38 or 0x3A, which stand behind 0x0F. */
    int escape() {
        return opcode >>> 8 & 0xFF;
    }

    /** 0, 0x66, 0xF2 or 0xF3. */
    int prefix() {
        return opcode >>> 16;
    }

    /** What stands in the register's place in the ModRM byte, or {@link #NO_DIGIT}. */
    int digit() {
        return digit;
    }

    boolean isVex() {
        return this == SHLX || this == SARX || this == SHRX || this == RORX;
    }

    boolean readsBytes() {
        return this == MOVZX8 || this == MOVSX8 || this == STORE8 || this == SET || this == MOVI8;
    }

    /** Whether REX.W makes it an operation on 64 bits of a general register. */
    boolean hasWideForm() {
        return switch (this) {
            case PUSH, POP, CALL_REGISTER, JUMP_REGISTER -> false;
            case MOVD, MOVD_TO, CVTSI2SS, CVTSI2SD, CVTTSS2SI, CVTTSD2SI, POPCNT, LZCNT, TZCNT -> true;
            case SHLX, SARX, SHRX, RORX -> true;
            default -> prefix() == 0 && !isPacked();
        };
    }

    private boolean isPacked() {
        return form == Form.MODIFY_PACKED || this == MOVAPS || this == UCOMISS;
    }

    /** As assemblers call it, for operands of a size in bytes. */
    String mnemonic(int size) {
        return switch (this) {
            case LOAD, STORE, STORE8, STORE16, MOVI, MOVI8, MOVI16 -> "mov";
            case MOVZX8, MOVZX16 -> "movzx";
            case MOVSX8, MOVSX16 -> "movsx";
            case MOVD, MOVD_TO -> size == 8 ? "movq" : "movd";
            case STORESS -> "movss";
            case STORESD -> "movsd";
            case CALL_REGISTER -> "call";
            case JUMP_REGISTER -> "jmp";
            case IMULI -> "imul";
            case ADDI, ORI, ANDI, SUBI, XORI, CMPI, TESTI, ROLI, RORI, SHLI, SHRI, SARI ->
                name().substring(0, name().length() - 1).toLowerCase(Locale.ROOT);
            default -> name().toLowerCase(Locale.ROOT);
        };
    }
}
