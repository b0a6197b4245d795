package dev.mayfly.wasm.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.wasm.ModuleBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table per section: contents, and what becomes of them. Most cases of the format are in the official scripts. */
class SectionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                        | malformed: unexpected end
                    00 61 73                  | malformed: unexpected end
                    00 61 73 6e 01 00 00 00   | malformed: magic header not detected
                    00 61 73 6d 02 00 00 00   | malformed: unknown binary version
                    00 61 73 6d 01 00 00 00   | valid
                    """)
    void header(String hex, String judgement) {
        assertThat(Judgement.of(ModuleBytes.hex(hex))).isEqualTo(judgement);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    00                            | valid
                    01 60 00 00                   | valid
                    01 60 02 7f 7b 02 70 6f       | valid
                    01 61 00 00                   | malformed: malformed function type
                    01 60 01 79 00                | malformed: malformed value type
                    01 60 00                      | malformed: unexpected end of section or function
                    01 60 00 00 00                | malformed: section size mismatch
                    ff ff ff ff 0f 60 00 00       | malformed: length out of bounds
                    """)
    void types(String hex, String judgement) {
        assertThat(Judgement.of(ModuleBytes.module().section(1, hex).bytes())).isEqualTo(judgement);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    01 01 61 01 62 00 00          | valid
                    01 01 61 01 62 00 01          | invalid: unknown type 1
                    01 01 61 01 62 01 70 00 05    | valid
                    01 01 61 01 62 01 7f 00 05    | malformed: malformed reference type
                    01 01 61 01 62 01 70 01 05 04 | invalid: size minimum must not be greater than maximum
                    01 01 61 01 62 02 00 01       | valid
                    01 01 61 01 62 02 02 01       | malformed: integer too large
                    02 00 00 02 00 01 00 00 02 00 01 | invalid: multiple memories
                    01 01 61 01 62 03 7f 01       | valid
                    01 01 61 01 62 03 7f 02       | malformed: malformed mutability
                    01 01 61 01 62 05 00          | malformed: malformed import kind
                    01 01 ff 01 62 00 00          | malformed: malformed UTF-8 encoding
                    01 09 61                      | malformed: length out of bounds
                    """)
    void imports(String hex, String judgement) {
        byte[] binary =
                ModuleBytes.module().section(1, "01 60 00 00").section(2, hex).bytes();
        assertThat(Judgement.of(binary)).isEqualTo(judgement);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    4 | 01 70 00 01            | valid
                    4 | 02 70 00 01 6f 01 00 ff ff ff ff 0f | valid
                    4 | 01 7b 00 01            | malformed: malformed reference type
                    5 | 01 00 80 80 04         | valid
                    5 | 01 00 81 80 04         | invalid: memory size must be at most 65536 pages (4GiB)
                    5 | 01 01 00 81 80 04      | invalid: memory size must be at most 65536 pages (4GiB)
                    5 | 02 00 00 00 00         | invalid: multiple memories
                    6 | 01 7f 00 41 2a 0b      | valid
                    6 | 01 7f 00 42 2a 0b      | invalid: type mismatch: expected i32 but got i64
                    6 | 01 7f 00 0b            | invalid: type mismatch: expected one i32 but got 0 values
                    6 | 01 7f 00 41 00 41 00 0b | invalid: type mismatch: expected one i32 but got 2 values
                    6 | 01 7f 00 01 0b         | invalid: constant expression required
                    6 | 01 7f 00 23 00 0b      | invalid: unknown global 0
                    6 | 02 7f 00 41 00 0b 7f 00 23 00 0b | invalid: unknown global 0
                    6 | 01 70 00 d2 00 0b      | invalid: unknown function 0
                    6 | 01 7b 00 fd 0c 00000000000000000000000000000000 0b | valid
                    6 | 01 7f 03 41 00 0b      | malformed: malformed mutability
                    7 | 01 01 61 00 00         | invalid: unknown function 0
                    7 | 01 01 61 01 00         | invalid: unknown table 0
                    7 | 01 01 61 02 00         | invalid: unknown memory 0
                    7 | 01 01 61 03 00         | invalid: unknown global 0
                    7 | 01 01 61 05 00         | malformed: malformed export kind
                    8 | 00                     | invalid: unknown function 0
                    9 | 01 00 41 00 0b 00      | invalid: unknown table 0
                    9 | 01 01 00 01 00         | invalid: unknown function 0
                    9 | 01 01 01 00            | malformed: malformed element kind
                    9 | 01 08                  | malformed: malformed elements segment kind
                    9 | 01 05 6f 01 d0 6f 0b   | valid
                    9 | 01 05 6f 01 d0 70 0b   | invalid: type mismatch: expected externref but got funcref
                    9 | 01 07 70 00            | valid
                    11 | 01 00 41 00 0b 00     | invalid: unknown memory 0
                    11 | 01 01 03 61 62 63     | valid
                    11 | 01 01 04 61 62 63     | malformed: unexpected end of section or function
                    11 | 01 03 00              | malformed: malformed data segment kind
                    12 | 01                    | malformed: data count and data section have inconsistent lengths
                    10 | 01 02 00 0b           | malformed: function and code section have inconsistent lengths
                    13 | 00                    | unsupported: the exception handling proposal is not supported
                    14 | 00                    | malformed: malformed section id
                    """)
    void otherSectionsAlone(int id, String hex, String judgement) {
        assertThat(Judgement.of(ModuleBytes.module().section(id, hex).bytes())).isEqualTo(judgement);
    }

    @Test
    void exportNamesAreUnique() {
        byte[] binary = ModuleBytes.module()
                .section(5, "01 00 01")
                .section(7, "02 01 61 02 00 01 61 02 00")
                .bytes();
        assertThat(Judgement.of(binary)).isEqualTo("invalid: duplicate export name");
    }

    @Test
    void startFunctionTakesAndReturnsNothing() {
        byte[] binary = ModuleBytes.module()
                .section(1, "01 60 00 01 7f")
                .section(2, "01 01 61 01 62 00 00")
                .section(8, "00")
                .bytes();
        assertThat(Judgement.of(binary)).startsWith("invalid: start function");
    }

    @Test
    void activeElementsHaveTheTablesType() {
        byte[] binary = ModuleBytes.module()
                .section(4, "01 6f 00 01")
                .section(9, "01 00 41 00 0b 00")
                .bytes();
        assertThat(Judgement.of(binary)).isEqualTo("invalid: type mismatch: expected externref but got funcref");
    }

    @Test
    void constantExpressionsMayNameImportedImmutableGlobals() {
        assertThat(globalInitialisedByImport("00")).isEqualTo("valid");
        assertThat(globalInitialisedByImport("01"))
                .isEqualTo("invalid: constant expression required: the global is mutable");
    }

    private static String globalInitialisedByImport(String mutability) {
        return Judgement.of(ModuleBytes.module()
                .section(2, "01 01 61 01 62 03 7f" + mutability)
                .section(6, "01 7f 00 23 00 0b")
                .bytes());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    04 6e 61 6d 65 01 ff ff ff ff 0f           | valid
                    04 6e 61 6d 65 01 05 ff ff ff ff 0f        | valid
                    04 6e 61 6d 65 01 04 01 00 01 ff           | valid
                    04 6e 61 6d 65 80 80 80 80 80 80           | valid
                    01 ff                                      | malformed: malformed UTF-8 encoding
                    05 61                                      | malformed: length out of bounds
                    """)
    void customSectionsMayHoldAnythingBehindTheirName(String hex, String judgement) {
        assertThat(Judgement.of(ModuleBytes.module().section(0, hex).bytes())).isEqualTo(judgement);
    }
}
