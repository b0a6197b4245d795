package dev.mayfly.compiler.x64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.compiler.regalloc.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Instructions are encoded as the table says, which was compared with what binutils' disassembler reads in it. {@code
 * -Dmayfly.bless=true} writes the table anew: then compare again, as {@code docs/compiler-backend.md} describes.
 */
class EncodingTest {

    private static final Path TABLE = Path.of("src/test/resources/x64/encodings.txt");

    private static final int[] GENERAL = {
        Registers.RAX,
        Registers.RSP,
        Registers.RBP,
        Registers.RSI,
        Registers.RDI,
        Registers.R8,
        Registers.R12,
        Registers.R13,
        Registers.R15
    };
    private static final int[] FLOATS = {Registers.XMM0, Registers.XMM0 + 7, Registers.XMM0 + 8, Registers.XMM0 + 15};
    private static final int[] DISPLACEMENTS = {0, 1, 127, 128, -128, -129, Integer.MAX_VALUE, Integer.MIN_VALUE};
    private static final int[] IMMEDIATES = {1, 127, 128, -128, -129, Integer.MAX_VALUE, Integer.MIN_VALUE};

    private final List<String> table = new ArrayList<>();

    @Test
    void instructionsAreEncodedAsTheTableSays() throws IOException {
        addressing();
        registers();
        memory();
        immediates();
        conditions();
        others();

        String actual = String.join("\n", table) + "\n";
        if (Boolean.getBoolean("mayfly.bless")) {
            Files.createDirectories(TABLE.getParent());
            Files.writeString(TABLE, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(TABLE));
    }

    private void addressing() {
        for (int base : GENERAL) {
            for (int displacement : DISPLACEMENTS) {
                withMemory(Op.ADD, 8, Registers.RCX, Address.base(base, displacement));
            }
            for (int index : GENERAL) {
                if (index != Registers.RSP) {
                    withMemory(Op.LEA, 8, Registers.R9, Address.indexed(base, index, 2, 0));
                    withMemory(Op.LOAD, 4, Registers.R9, Address.indexed(base, index, 3, -129));
                }
            }
        }
        for (int shift = 0; shift < 4; shift++) {
            withMemory(Op.LOAD, 4, Registers.RDX, Address.indexed(Registers.RDI, Registers.RSI, shift, 16));
            withMemory(Op.LEA, 8, Registers.R11, new Address(Registers.NONE, Registers.RCX, shift, 8, null, false));
        }
        withMemory(Op.LOAD, 4, Registers.RDX, Address.absolute(Integer.MAX_VALUE));
        withMemory(Op.LOAD, 4, Registers.RDX, new Address(Registers.RDI, Registers.R12, 2, 0, null, true));
        withMemory(Op.LOAD, 4, Registers.RDX, new Address(Registers.R13, Registers.NONE, 0, -4, null, true));
    }

    private void registers() {
        for (Op op : Op.values()) {
            for (int size : sizes(op)) {
                if (op.isVex() || op == Op.LEA || op.form() == Op.Form.STORE || isWithImmediate(op)) {
                    continue;
                }
                if (op.digit() != Op.NO_DIGIT) {
                    for (int rm : GENERAL) {
                        unary(op, size, rm);
                    }
                } else if (op != Op.MOVSS && op != Op.MOVSD) {
                    binary(op, size);
                }
            }
        }
    }

    private void binary(Op op, int size) {
        for (int register : new int[] {registersOf(op, true)[0], registersOf(op, true)[3]}) {
            for (int rm : registersOf(op, false)) {
                add(Operation.of(op, size, register, rm), op, a -> a.emit(op, size, register, rm));
            }
        }
    }

    private static int[] registersOf(Op op, boolean field) {
        boolean floating =
                switch (op) {
                    case MOVD, CVTSI2SS, CVTSI2SD -> field;
                    case CVTTSS2SI, CVTTSD2SI -> !field;
                    default -> isFloat(op);
                };
        return floating ? FLOATS : GENERAL;
    }

    private static boolean isFloat(Op op) {
        return op.name().endsWith("SS") || op.name().endsWith("SD") || op.name().endsWith("PS") || op == Op.CVTSS2SD;
    }

    private static int[] sizes(Op op) {
        return switch (op) {
            case PUSH, POP, CALL_REGISTER, JUMP_REGISTER, MOVSXD, LEA -> new int[] {8};
            case SET, MOVZX8, MOVZX16 -> new int[] {4};
            case CVTSI2SS, CVTSI2SD, CVTTSS2SI, CVTTSD2SI, MOVD, MOVD_TO -> new int[] {4, 8};
            case STORE8, STORE16, MOVI8, MOVI16, CMOV -> new int[] {4};
            default ->
                isFloat(op) ? new int[] {op.name().endsWith("SD") && op != Op.CVTSS2SD ? 8 : 4} : new int[] {4, 8};
        };
    }

    private static boolean isWithImmediate(Op op) {
        return switch (op) {
            case ROUNDSS, ROUNDSD, IMULI, SET, CMOV, ROL, ROR, SHL, SHR, SAR -> true;
            default ->
                op.digit() != Op.NO_DIGIT && op.mnemonic(8).length() < op.name().length() && !isJump(op);
        };
    }

    private static boolean isJump(Op op) {
        return op == Op.CALL_REGISTER || op == Op.JUMP_REGISTER;
    }

    private void memory() {
        Address[] addresses = {Address.base(Registers.RSP, 8), Address.indexed(Registers.R12, Registers.R13, 1, 128)};
        for (Op op : Op.values()) {
            boolean withImmediate = isWithImmediate(op);
            if (op.isVex() || withImmediate || op == Op.MOVD_TO || op == Op.MOVAPS || op.digit() != Op.NO_DIGIT) {
                continue;
            }
            for (int size : sizes(op)) {
                for (Address address : addresses) {
                    withMemory(op, size, registersOf(op, true)[3], address);
                }
            }
        }
        for (int register : FLOATS) {
            for (int rm : GENERAL) {
                add(Operation.of(Op.MOVD_TO, 8, register, rm), Op.MOVD_TO, a -> a.emit(Op.MOVD_TO, 8, register, rm));
            }
        }
    }

    private void immediates() {
        Address address = Address.base(Registers.R13, 0);
        for (Op op : List.of(Op.ADDI, Op.ORI, Op.ANDI, Op.SUBI, Op.XORI, Op.CMPI, Op.TESTI, Op.MOVI)) {
            for (int immediate : IMMEDIATES) {
                for (int size : new int[] {4, 8}) {
                    withImmediate(op, size, Registers.RDI, immediate);
                    withImmediate(op, size, Registers.R12, immediate);
                    add(
                            Operation.unary(op, size, address).immediate(immediate),
                            op,
                            a -> a.emit(op, size, 0, address, immediate));
                }
            }
        }
        for (Op op : List.of(Op.ROLI, Op.RORI, Op.SHLI, Op.SHRI, Op.SARI)) {
            withImmediate(op, 4, Registers.RSI, 31);
            withImmediate(op, 8, Registers.R13, 63);
        }
        for (Op op : List.of(Op.ROL, Op.ROR, Op.SHL, Op.SHR, Op.SAR)) {
            unary(op, 4, Registers.RBP);
            unary(op, 8, Registers.R8);
        }
        for (int immediate : IMMEDIATES) {
            add(
                    Operation.of(Op.IMULI, 8, Registers.R9, Registers.RBP).immediate(immediate),
                    Op.IMULI,
                    a -> a.emit(Op.IMULI, 8, Registers.R9, Registers.RBP, immediate));
        }
        add(Operation.unary(Op.MOVI8, 4, address).immediate(7), Op.MOVI8, a -> a.emit(Op.MOVI8, 4, 0, address, 7));
        add(Operation.unary(Op.MOVI16, 4, address).immediate(7), Op.MOVI16, a -> a.emit(Op.MOVI16, 4, 0, address, 7));
        for (int mode = 8; mode < 12; mode++) {
            rounding(Op.ROUNDSS, 4, mode);
            rounding(Op.ROUNDSD, 8, mode);
        }
    }

    private void rounding(Op op, int size, int mode) {
        int register = Registers.XMM0 + 9;
        add(
                Operation.of(op, size, register, Registers.XMM0).immediate(mode),
                op,
                a -> a.emit(op, size, register, Registers.XMM0, mode));
    }

    private void conditions() {
        for (Condition condition : Condition.values()) {
            add(
                    Operation.unary(Op.SET, 1, Registers.RSI).on(condition),
                    Op.SET,
                    a -> a.emit(Op.SET, condition, 1, 0, Registers.RSI));
            add(
                    Operation.of(Op.CMOV, 8, Registers.R9, Registers.RBP).on(condition),
                    Op.CMOV,
                    a -> a.emit(Op.CMOV, condition, 8, Registers.R9, Registers.RBP));
        }
    }

    private void others() {
        for (Op op : List.of(Op.SHLX, Op.SARX, Op.SHRX)) {
            for (int count : new int[] {Registers.RAX, Registers.R15}) {
                for (int size : new int[] {4, 8}) {
                    add(
                            Operation.shift(op, size, Registers.R9, Registers.RBP, count),
                            op,
                            a -> a.emitVex(op, size, Registers.R9, Registers.RBP, count));
                }
            }
        }
        add("cdq", a -> a.extendAccumulator(4));
        add("cqo", a -> a.extendAccumulator(8));
        add("ret", Assembler::ret);
        add("out 0x20, eax", a -> a.out(0x20));
        add("rep movsb", a -> a.repeatMove(1));
        add("rep movsq", a -> a.repeatMove(8));
        add("rep stosb", a -> a.repeatStore(1));
        add("rep stosq", a -> a.repeatStore(8));
        add("std", a -> a.direction(true));
        add("cld", a -> a.direction(false));
        add("mov edi, 0xffffffff", a -> a.constant(Registers.RDI, 0xFFFF_FFFFL));
        add("mov r12d, 0x1", a -> a.constant(Registers.R12, 1));
        add("mov r12, -1", a -> a.constant(Registers.R12, -1));
        add("movabs r13, 0x100000000", a -> a.constant(Registers.R13, 1L << 32));
    }

    private void unary(Op op, int size, int rm) {
        Operation operation = Operation.unary(op, size, rm);
        if (op.opcode() == 0xD3) {
            operation.implicitly(Role.USE, Registers.RCX);
        }
        add(operation, op, a -> a.emit(op, size, 0, rm));
    }

    private void withMemory(Op op, int size, int register, Address address) {
        add(Operation.of(op, size, register, address), op, a -> a.emit(op, size, register, address));
    }

    private void withImmediate(Op op, int size, int rm, int immediate) {
        add(Operation.unary(op, size, rm).immediate(immediate), op, a -> a.emit(op, size, 0, rm, immediate));
    }

    private interface Encoder {
        void encode(Assembler assembler);
    }

    private void add(Operation operation, Op op, Encoder encoder) {
        add(op.opcode() == 0xD3 ? operation + ", cl" : operation.toString(), encoder);
    }

    private void add(String text, Encoder encoder) {
        Assembler assembler = new Assembler();
        encoder.encode(assembler);
        table.add("%-24s %s".formatted(HexFormat.of().formatHex(assembler.code().toArray()), text));
    }
}
