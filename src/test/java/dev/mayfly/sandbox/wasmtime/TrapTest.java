package dev.mayfly.sandbox.wasmtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.Frame;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.sandbox.TrapKind;
import dev.mayfly.testsupport.CapturedOutput;
import dev.mayfly.testsupport.Wat;
import dev.mayfly.wasi.GuestInput;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrapTest {

    private static final String MODULE = """
            (module
              (type $v (func)) (type $i (func (param i32)))
              (memory (export "memory") 1) (data "x")
              (table $t 3 funcref) (elem (table $t) (i32.const 0) func $i) (elem func $i)
              (func $i (param i32))
              (func $recurse (call $recurse))
              (func (export "_start") %s))
            """;

    private static EngineFixture withBacktraces;
    private static EngineFixture withoutBacktraces;

    @BeforeAll
    static void start() {
        withBacktraces = new EngineFixture(new WasmtimeSettings(1_000, true));
        withoutBacktraces = new EngineFixture(new WasmtimeSettings(1_000, false));
    }

    @AfterAll
    static void stop() {
        withBacktraces.close();
        withoutBacktraces.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    unreachable                                          | UNREACHABLE                   |
                    (drop (i32.load (i32.const 65536)))                  | MEMORY_OUT_OF_BOUNDS          |
                    (i64.store16 (i32.const -1) (i64.const 0))           | MEMORY_OUT_OF_BOUNDS          |
                    (drop (v128.load (i32.const 65530)))                 | MEMORY_OUT_OF_BOUNDS          |
                    (memory.fill (i32.const 65536) (i32.const 0) (i32.const 1)) | MEMORY_OUT_OF_BOUNDS   |
                    (memory.copy (i32.const 0) (i32.const 65536) (i32.const 1)) | MEMORY_OUT_OF_BOUNDS   |
                    (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 2))   | MEMORY_OUT_OF_BOUNDS   |
                    (drop (table.get $t (i32.const 3)))                  | TABLE_OUT_OF_BOUNDS           |
                    (table.set $t (i32.const 3) (ref.null func))         | TABLE_OUT_OF_BOUNDS           |
                    (table.fill $t (i32.const 3) (ref.null func) (i32.const 1)) | TABLE_OUT_OF_BOUNDS    |
                    (table.copy (i32.const 0) (i32.const 3) (i32.const 1)) | TABLE_OUT_OF_BOUNDS         |
                    (table.init $t 1 (i32.const 0) (i32.const 0) (i32.const 2)) | TABLE_OUT_OF_BOUNDS    |
                    (call_indirect (type $v) (i32.const 3))              | TABLE_OUT_OF_BOUNDS           | INDIRECT_CALL
                    (call_indirect (type $v) (i32.const 1))              | INDIRECT_CALL_TO_NULL         | INDIRECT_CALL
                    (call_indirect (type $v) (i32.const 0))              | INDIRECT_CALL_TYPE_MISMATCH   | INDIRECT_CALL
                    (drop (i32.div_u (i32.const 1) (i32.const 0)))       | INTEGER_DIVIDE_BY_ZERO        |
                    (drop (i64.rem_s (i64.const 1) (i64.const 0)))       | INTEGER_DIVIDE_BY_ZERO        |
                    (drop (i32.div_s (i32.const 1) (i32.const 0)))       | INTEGER_DIVIDE_BY_ZERO        | INTEGER_DIVISION
                    (drop (i64.div_s (i64.const 0x8000000000000000) (i64.const -1))) | INTEGER_OVERFLOW  | INTEGER_DIVISION
                    (drop (i32.trunc_f64_s (f64.const 1e10)))            | INTEGER_OVERFLOW              | CONVERSION_TO_INTEGER
                    (drop (i64.trunc_f32_u (f32.const nan)))             | INVALID_CONVERSION_TO_INTEGER | CONVERSION_TO_INTEGER
                    (call $recurse)                                      | STACK_OVERFLOW                |
                    """)
    void tellsWhyTheGuestTrapped(String instructions, TrapKind exact, TrapKind byInstruction) {
        String module = MODULE.formatted(instructions);
        assertThat(withoutBacktraces.command(module)).isEqualTo(new Outcome.Trapped(exact, List.of()));
        Outcome.Trapped trapped = (Outcome.Trapped) withBacktraces.command(module);
        assertThat(trapped.kind()).isEqualTo(byInstruction == null ? exact : byInstruction);
        assertThat(trapped.backtrace()).isNotEmpty();
    }

    @Test
    void backtraceNamesFunctionsAndGivesOffsetsInTheUploadedBinary() {
        // "\02\04\03foo" and so on: a name section, for what the converter does not write.
        byte[] plain = Wat.toBinary("""
                (module
                  (start $begin)
                  (memory 1) (table 1 funcref)
                  (func $inner unreachable)
                  (func $middle (call $inner))
                  (func $begin)
                  (func (export "_start") (call $middle)))
                """);
        byte[] named = new WasmWriter()
                .bytes(plain, 0, 8)
                .section(0, new WasmWriter().name("padding").bytes(new byte[100]))
                .bytes(plain, 8, plain.length - 8)
                .section(0, names("inner", "middle"))
                .toBytes();
        Outcome.Trapped trapped;
        try (ExecutableModule module = withBacktraces.compile(named, EngineFixture.LIMITS)) {
            trapped = (Outcome.Trapped) withBacktraces
                    .run(
                            module,
                            EngineFixture.command(GuestInput.empty(), new CapturedOutput()),
                            Interruption.after(Duration.ofMinutes(1)))
                    .outcome();
        }
        assertThat(trapped.backtrace()).extracting(Frame::functionIndex).containsExactly(0, 1, 3);
        assertThat(trapped.backtrace())
                .extracting(frame -> frame.functionName().orElse("-"))
                .containsExactly("inner", "middle", "-");
        assertThat(trapped.backtrace())
                .extracting(Frame::offset)
                .allMatch(OptionalLong::isPresent)
                .extracting(offset -> (int) named[(int) offset.getAsLong()])
                .containsExactly(0x00, 0x10, 0x10);
    }

    @Test
    void backtraceOfARecursionIsCutShort() {
        Outcome.Trapped trapped = (Outcome.Trapped) withBacktraces.command(MODULE.formatted("(call $recurse)"));
        assertThat(trapped.backtrace()).hasSize(Backtrace.MAX_FRAMES);
    }

    @Test
    void segmentsThatDoNotFitAreTraps() {
        String data = "(module (memory 1) (data (i32.const 65536) \"x\") (func (export \"_start\")))";
        String elements = "(module (table 1 funcref) (elem (i32.const 1) 0) (func (export \"_start\")))";
        assertThat(withBacktraces.command(data))
                .isEqualTo(new Outcome.Trapped(TrapKind.MEMORY_OUT_OF_BOUNDS, List.of()));
        assertThat(withBacktraces.command(elements))
                .isEqualTo(new Outcome.Trapped(TrapKind.TABLE_OUT_OF_BOUNDS, List.of()));
    }

    private static WasmWriter names(String... functions) {
        WasmWriter names = new WasmWriter().u32(functions.length);
        for (int i = 0; i < functions.length; i++) {
            names.u32(i).name(functions[i]);
        }
        return new WasmWriter().name("name").u8(1).sized(names);
    }
}
