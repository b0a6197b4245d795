package dev.mayfly.wasm.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.ModuleBytes;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.Immediate;
import dev.mayfly.wasm.binary.Opcode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bodies of a function without parameters and results. Around it there are: type 0 {@code [] -> []}, type 1
 * {@code [i32 i64] -> [f32 f64]}; function 0, imported, of type 1, and 1, the function itself; table 0 of funcref, table 1 of externref; a memory; global 0 a mutable
 * i32, global 1 an immutable i64; element segment 0 of funcref, 1 of externref; data segment 0.
 */
class InstructionRulesTest {

    private static final String UNREACHABLE = "00";
    private static final String DROP = "1a";
    private static final String END = "0b";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0b                                | valid
                    01 0b                             | valid
                    41 00 0b                          | invalid: type mismatch: expected nothing but got i32
                    0b 0b                             | malformed: section size mismatch
                    02 40 0b                          | malformed: unexpected end of section or function
                    05 0b                             | malformed: illegal opcode: else outside of an if
                    02 40 05 0b 0b                    | malformed: illegal opcode: else outside of an if
                    41 00 04 40 05 05 0b 0b           | malformed: illegal opcode: else outside of an if
                    02 7f 41 00 0b 1a 0b              | valid
                    02 7f 42 00 0b 1a 0b              | invalid: type mismatch: expected i32 but got i64
                    02 7f 0b 1a 0b                    | invalid: type mismatch: expected i32 but got nothing
                    02 05 0b 0b                       | invalid: unknown type 5
                    02 ff ff ff ff 0f 0b 0b           | invalid: unknown type 2147483647
                    02 ff ff ff ff 1f 0b 0b           | malformed: integer too large
                    02 41 0b 0b                       | malformed: malformed block type
                    41 00 42 00 02 01 1a 1a 43 00000000 44 0000000000000000 0b 1a 1a 0b | valid
                    42 00 41 00 02 01 00 0b 1a 1a 0b  | invalid: type mismatch: expected i64 but got i32
                    41 00 04 40 0b 0b                 | valid
                    41 00 04 7f 41 00 05 41 01 0b 1a 0b | valid
                    41 00 04 7f 41 00 0b 1a 0b        | invalid: type mismatch: an if without else
                    42 00 04 40 0b 0b                 | invalid: type mismatch: expected i32 but got i64
                    41 00 04 7f 41 00 05 0b 1a 0b     | invalid: type mismatch: expected i32 but got nothing
                    03 40 0c 00 0b 0b                 | valid
                    03 7f 0c 00 0b 1a 0b              | valid
                    02 7f 0c 00 0b 1a 0b              | invalid: type mismatch: expected i32 but got nothing
                    0c 00 0b                          | valid
                    0c 01 0b                          | invalid: unknown label 1
                    02 7f 41 00 41 00 0d 00 0b 1a 0b  | valid
                    02 7f 41 00 0d 00 0b 1a 0b        | invalid: type mismatch: expected i32 but got nothing
                    41 00 0e 01 00 00 0b              | valid
                    41 00 0e 01 00 07 0b              | invalid: unknown label 7
                    41 00 0e 01 07 00 0b              | invalid: unknown label 7
                    02 7f 41 00 41 00 0e 01 01 00 0b 1a 0b | invalid: type mismatch: expected labels that take 1 operands but got one that takes 0
                    02 7e 02 7f 41 00 41 00 0e 01 01 00 0b 1a 42 00 0b 1a 0b | invalid: type mismatch: expected i64 but got i32
                    02 7e 02 7f 00 0e 01 01 00 0b 1a 42 00 0b 1a 0b | valid
                    0e ff ff ff ff 0f 00 0b           | malformed: unexpected end of section or function
                    0f 0b                             | valid
                    0f 6a 1a 0b                       | valid
                    0f 42 00 6a 1a 0b                 | invalid: type mismatch: expected i32 but got i64
                    00 02 40 1a 0b 0b                 | invalid: type mismatch: expected an operand but got nothing
                    41 00 42 00 10 00 1a 1a 0b        | valid
                    41 00 10 00 1a 1a 0b              | invalid: type mismatch: expected i64 but got i32
                    10 02 0b                          | invalid: unknown function 2
                    41 00 11 00 00 0b                 | valid
                    41 00 11 02 00 0b                 | invalid: unknown type 2
                    41 00 11 00 02 0b                 | invalid: unknown table 2
                    41 00 11 00 01 0b                 | invalid: type mismatch: expected funcref but got externref
                    f3 0b                             | malformed: illegal opcode f3
                    """)
    void control(String body, String judgement) {
        assertThat(judge(body)).startsWith(judgement);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    41 00 1a 0b                       | valid
                    1a 0b                             | invalid: type mismatch: expected an operand but got nothing
                    41 00 41 00 41 00 1b 1a 0b        | valid
                    41 00 42 00 41 00 1b 1a 0b        | invalid: type mismatch: expected i32 but got i64
                    d0 70 d0 70 41 00 1b 1a 0b        | invalid: type mismatch: expected a number or vector but got funcref
                    d0 70 d0 70 41 00 1c 01 70 1a 0b  | valid
                    d0 70 d0 6f 41 00 1c 01 70 1a 0b  | invalid: type mismatch: expected funcref but got externref
                    41 00 41 00 41 00 1c 02 7f 7f 1a 0b | invalid: invalid result arity
                    41 00 41 00 41 00 1c 00 1a 0b     | invalid: invalid result arity
                    00 1b 45 1a 0b                    | valid
                    00 42 00 41 00 1b 45 1a 0b        | invalid: type mismatch: expected i32 but got i64
                    """)
    void parametric(String body, String judgement) {
        assertThat(judge(body)).startsWith(judgement);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    20 00 0b                          | invalid: unknown local 0
                    21 00 0b                          | invalid: unknown local 0
                    22 ff ff ff ff 0f 0b              | invalid: unknown local 4294967295
                    23 00 24 00 0b                    | valid
                    23 01 1a 0b                       | valid
                    42 00 24 01 0b                    | invalid: global is immutable
                    42 00 24 00 0b                    | invalid: type mismatch: expected i32 but got i64
                    23 02 1a 0b                       | invalid: unknown global 2
                    """)
    void variable(String body, String judgement) {
        assertThat(judge(body)).startsWith(judgement);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    41 00 25 00 1a 0b                 | valid
                    41 00 25 02 1a 0b                 | invalid: unknown table 2
                    41 00 d0 6f 26 01 0b              | valid
                    41 00 d0 6f 26 00 0b              | invalid: type mismatch: expected funcref but got externref
                    fc 10 01 1a 0b                    | valid
                    d0 70 41 00 fc 0f 00 1a 0b        | valid
                    d0 70 41 00 fc 0f 01 1a 0b        | invalid: type mismatch: expected externref but got funcref
                    41 00 d0 70 41 00 fc 11 00 0b     | valid
                    41 00 d0 70 42 00 fc 11 00 0b     | invalid: type mismatch: expected i32 but got i64
                    41 00 41 00 41 00 fc 0c 01 01 0b  | valid
                    41 00 41 00 41 00 fc 0c 00 01 0b  | invalid: type mismatch: expected externref but got funcref
                    41 00 41 00 41 00 fc 0c 02 00 0b  | invalid: unknown elem segment 2
                    41 00 41 00 41 00 fc 0e 00 00 0b  | valid
                    41 00 41 00 41 00 fc 0e 00 01 0b  | invalid: type mismatch: expected funcref but got externref
                    fc 0d 00 0b                       | valid
                    fc 0d 02 0b                       | invalid: unknown elem segment 2
                    """)
    void table(String body, String judgement) {
        assertThat(judge(body)).startsWith(judgement);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    41 00 28 02 00 1a 0b              | valid
                    41 00 28 02 ff ff ff ff 0f 1a 0b  | valid
                    41 00 28 02 80 80 80 80 10 1a 0b  | malformed: integer too large
                    41 00 28 03 00 1a 0b              | invalid: alignment must not be larger than natural
                    41 00 28 1f 00 1a 0b              | invalid: alignment must not be larger than natural
                    41 00 28 20 00 1a 0b              | malformed: malformed memop flags
                    41 00 28 40 00 00 1a 0b           | malformed: malformed memop flags
                    42 00 28 00 00 1a 0b              | invalid: type mismatch: expected i32 but got i64
                    41 00 41 00 fd 5b 00 00 00 0b     | invalid: type mismatch: expected v128 but got i32
                    3f 00 40 00 1a 0b                 | valid
                    3f 01 1a 0b                       | malformed: zero byte expected
                    41 00 41 00 41 00 fc 08 00 00 0b  | valid
                    41 00 41 00 41 00 fc 08 01 00 0b  | invalid: unknown data segment 1
                    41 00 41 00 41 00 fc 08 00 01 0b  | malformed: zero byte expected
                    41 00 41 00 41 00 fc 0a 00 00 0b  | valid
                    41 00 41 00 41 00 fc 0b 00 0b     | valid
                    fc 09 00 0b                       | valid
                    fc 09 01 0b                       | invalid: unknown data segment 1
                    """)
    void memory(String body, String judgement) {
        assertThat(judge(body)).startsWith(judgement);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    d0 70 1a 0b                       | valid
                    d0 7f 1a 0b                       | malformed: malformed reference type
                    d0 6f d1 1a 0b                    | valid
                    41 00 d1 1a 0b                    | invalid: type mismatch: expected a reference but got i32
                    d2 00 1a 0b                       | valid
                    d2 01 1a 0b                       | invalid: undeclared function reference
                    d2 02 1a 0b                       | invalid: unknown function 2
                    00 d1 1a 0b                       | valid
                    """)
    void reference(String body, String judgement) {
        assertThat(judge(body)).startsWith(judgement);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    fd 0c 00000000000000000000000000000000 fd 15 0f 1a 0b | valid
                    fd 0c 00000000000000000000000000000000 fd 15 10 1a 0b | invalid: invalid lane index
                    00 fd 0d 1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f 1a 0b       | valid
                    00 fd 0d 1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f20 1a 0b       | invalid: invalid lane index
                    00 fd 0d 80000000000000000000000000000000 1a 0b       | invalid: invalid lane index
                    00 fd 54 00 00 10 1a 0b                               | invalid: invalid lane index
                    00 fd 57 03 00 01 1a 0b                               | valid
                    00 fd 57 03 00 02 1a 0b                               | invalid: invalid lane index
                    00 fd 00 05 00 1a 0b              | invalid: alignment must not be larger than natural
                    00 fd 9a 01 1a 0b                 | malformed: illegal opcode fd 9a
                    """)
    void vector(String body, String judgement) {
        assertThat(judge(body)).startsWith(judgement);
    }

    static Stream<Opcode> instructionsOfOneType() {
        return Arrays.stream(Opcode.values()).filter(opcode -> opcode.type() != null);
    }

    @ParameterizedTest
    @MethodSource("instructionsOfOneType")
    void instructionsTakeAndLeaveWhatTheirTypeSays(Opcode opcode) {
        FunctionType type = type(opcode);
        String operands = constants(type.parameters());
        String drops = DROP.repeat(type.results().size());
        assertThat(judge(operands + encoding(opcode) + drops + END)).isEqualTo("valid");
        assertThat(judge(operands + encoding(opcode) + drops + DROP + END))
                .isEqualTo("invalid: type mismatch: expected an operand but got nothing");
        for (int wrong = 0; wrong < type.parameters().size(); wrong++) {
            assertThat(judge(constants(type.parameters(), wrong) + encoding(opcode) + UNREACHABLE + END))
                    .startsWith("invalid: type mismatch: expected "
                            + type.parameters().get(wrong));
        }
        if (!type.parameters().isEmpty()) {
            assertThat(judge(encoding(opcode) + UNREACHABLE + END))
                    .startsWith("invalid: type mismatch: expected ")
                    .endsWith("but got nothing");
        }
        for (ValueType result : type.results()) {
            assertThat(judge(operands + encoding(opcode) + END))
                    .isEqualTo("invalid: type mismatch: expected nothing but got " + result);
        }
    }

    private static FunctionType type(Opcode opcode) {
        FunctionType type = opcode.type();
        assertThat(type).isNotNull();
        return type == null ? new FunctionType(List.of(), List.of()) : type;
    }

    /** Operands of these types, but at one place one of another type. */
    private static String constants(List<ValueType> types, int wrong) {
        ValueType other = types.get(wrong) == ValueType.EXTERNREF ? ValueType.I32 : ValueType.EXTERNREF;
        return constants(types.subList(0, wrong)) + constant(other) + constants(types.subList(wrong + 1, types.size()));
    }

    private static String constants(List<ValueType> types) {
        return types.stream().map(InstructionRulesTest::constant).collect(Collectors.joining());
    }

    private static String constant(ValueType type) {
        return switch (type) {
            case I32 -> "41 00";
            case I64 -> "42 00";
            case F32 -> "43 00000000";
            case F64 -> "44 0000000000000000";
            case V128 -> "fd 0c 00000000000000000000000000000000";
            case FUNCREF -> "d0 70";
            case EXTERNREF -> "d0 6f";
        };
    }

    private static String encoding(Opcode opcode) {
        int code = opcode.code() & 0xFF;
        String bytes =
                switch (opcode.code() >> 8) {
                    case 0 -> "%02x".formatted(code);
                    case 0xFC -> "fc %02x".formatted(code);
                    default -> "fd %02x".formatted(code) + (code < 0x80 ? "" : "01");
                };
        return bytes + immediates(opcode.immediate());
    }

    private static String immediates(Immediate immediate) {
        return switch (immediate) {
            case NONE -> "";
            case MEMORY_ARGUMENT, DATA_INDEX_MEMORY, MEMORY_PAIR -> "00 00";
            case MEMORY_ARGUMENT_LANE -> "00 00 01";
            case LANE -> "01";
            case I32, I64, MEMORY, DATA_INDEX -> "00";
            case F32 -> "00000000";
            case F64 -> "0000000000000000";
            case V128, LANES -> "00000000000000000000000000000000";
            default -> throw new IllegalArgumentException("no fixed type with " + immediate);
        };
    }

    private static String judge(String body) {
        return Judgement.of(ModuleBytes.module()
                .section(1, "02 60 00 00 60 02 7f 7e 02 7d 7c")
                .section(2, "01 01 61 01 62 00 01")
                .section(3, "01 00")
                .section(4, "02 70 00 01 6f 00 01")
                .section(5, "01 00 01")
                .section(6, "02 7f 01 41 00 0b 7e 00 42 00 0b")
                .section(9, "02 01 00 01 00 05 6f 01 d0 6f 0b")
                .section(12, "01")
                .code(body)
                .section(11, "01 01 00")
                .bytes());
    }
}
