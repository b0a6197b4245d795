package dev.mayfly.vmm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/** Machine code to be afraid of, in hexadecimal, each program at most {@link #MOST_BYTES} long. */
final class HostilePrograms {

    static final int MOST_BYTES = 60;

    private static final String EXIT = "e710";

    /**
     * What registers point to: linear memory (rsi, rdi), data (rax, rbx); the ports of hypercalls (dx); a count of
     * one (rcx).
     */
    private static final String REGISTERS =
            "be00100000" + "bf00110000" + "48b80080020004000000" + "4889c3" + "ba10000000" + "b901000000";

    /** No prefix, operand size, repetitions, lock, wide, segments that have a base, address size. */
    private static final String[] PREFIXES = {"", "66", "f2", "f3", "f0", "48", "64", "65", "67", "4c", "66f2", "f348"};

    /** One-byte instructions, and those behind each escape. */
    private static final String[] ESCAPES = {"", "0f", "0f38", "0f3a"};

    /** Operands: registers, memory at a register, behind the instruction, and far away. */
    private static final String[] OPERANDS = {"c0", "c1", "00", "03", "06", "80", "05", "0425"};

    private static final HexFormat HEX = HexFormat.of();

    private final SplittableRandom random;

    HostilePrograms(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Every opcode of every map with so many combinations of prefix, operand and digit, in random order. */
    List<String> instructions(int variants) {
        List<String> programs = new ArrayList<>();
        for (String escape : ESCAPES) {
            for (int opcode = 0; opcode < 0x100; opcode++) {
                for (int variant = 0; variant < variants; variant++) {
                    programs.add(REGISTERS + instruction(escape, opcode) + EXIT);
                }
            }
        }
        Collections.shuffle(programs, new java.util.Random(random.nextLong()));
        return programs;
    }

    private String instruction(String escape, int opcode) {
        return pick(PREFIXES) + escape + HEX.toHexDigits((byte) opcode) + operand();
    }

    private String operand() {
        String operand = pick(OPERANDS);
        int digit = random.nextInt(8) << 3;
        int first = HexFormat.fromHexDigits(operand.substring(0, 2)) | digit;
        return HEX.toHexDigits((byte) first) + operand.substring(2) + immediate();
    }

    private String immediate() {
        return random.nextBoolean() ? "00000000" : bytes(4);
    }

    /** Bytes at random; instructions at random; or a program that works, damaged or entered in its middle. */
    String next() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> bytes(1 + random.nextInt(MOST_BYTES));
            case 2 -> vector();
            case 3, 4 -> damaged(StateDump.BASIC.code());
            default -> sequence();
        };
    }

    private String sequence() {
        StringBuilder program = new StringBuilder(REGISTERS);
        while (true) {
            String next = instruction(random.nextInt(3) > 0 ? "" : pick(ESCAPES), random.nextInt(0x100));
            if (program.length() + next.length() + EXIT.length() > 2 * MOST_BYTES) {
                return program.append(EXIT).toString();
            }
            program.append(next);
        }
    }

    /** Behind a prefix of AVX or AVX-512. */
    private String vector() {
        String prefix =
                random.nextBoolean() ? "c5" + bytes(1) : random.nextBoolean() ? "c4" + bytes(2) : "62" + bytes(3);
        return REGISTERS + prefix + bytes(1) + operand() + EXIT;
    }

    private String damaged(String working) {
        byte[] code = HEX.parseHex(working);
        int start = random.nextInt(code.length - MOST_BYTES);
        byte[] excerpt = new byte[MOST_BYTES - EXIT.length() / 2];
        System.arraycopy(code, start, excerpt, 0, excerpt.length);
        for (int i = random.nextInt(4); i > 0; i--) {
            excerpt[random.nextInt(excerpt.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return HEX.formatHex(excerpt) + EXIT;
    }

    private String bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return HEX.formatHex(bytes);
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }
}
