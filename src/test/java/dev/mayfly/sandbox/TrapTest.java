package dev.mayfly.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mayfly.testsupport.CapturedOutput;
import dev.mayfly.testsupport.Wat;
import dev.mayfly.wasi.GuestInput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestedEngine.class)
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

    /** Of a backtrace, at most. */
    private static final int MAX_FRAMES = 100;

    private static EngineFixture engine;

    @Parameter
    private TestedEngine tested;

    @BeforeParameterizedClassInvocation
    static void start(TestedEngine tested) throws EngineException {
        engine = new EngineFixture(tested.open());
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        engine.close();
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
        assumeTrue(!instructions.contains("v128") || !isMicroVm(), "the micro-VM's compiler has no SIMD yet");
        Outcome.Trapped trapped = (Outcome.Trapped) engine.command(MODULE.formatted(instructions));
        boolean coarse = tested == TestedEngine.WASMTIME && byInstruction != null;
        assertThat(trapped.kind()).isEqualTo(coarse ? byInstruction : exact);
        assertThat(trapped.backtrace().isEmpty()).isEqualTo(!hasBacktraces());
    }

    private boolean isMicroVm() {
        return tested == TestedEngine.MICROVM || tested == TestedEngine.MICROVM_MADE_ANEW;
    }

    private boolean hasBacktraces() {
        return tested != TestedEngine.WASMTIME_WITHOUT_BACKTRACES;
    }

    @Test
    void backtraceNamesFunctionsAndGivesOffsetsInTheUploadedBinary() {
        assumeTrue(hasBacktraces(), "no backtraces");
        byte[] plain = Wat.toBinary("""
                (module
                  (start $begin)
                  (memory 1) (table 1 funcref)
                  (func $inner unreachable)
                  (func $middle (call $inner))
                  (func $begin)
                  (func (export "_start") (call $middle)))
                """);
        byte[] named = named(plain, "inner", "middle");
        Outcome.Trapped trapped;
        try (ExecutableModule module = engine.compile(named, EngineFixture.LIMITS)) {
            trapped = (Outcome.Trapped) engine.run(
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
        assumeTrue(hasBacktraces(), "no backtraces");
        Outcome.Trapped trapped = (Outcome.Trapped) engine.command(MODULE.formatted("(call $recurse)"));
        assertThat(trapped.backtrace()).hasSize(MAX_FRAMES);
    }

    @Test
    void segmentsThatDoNotFitAreTraps() {
        String data = "(module (memory 1) (data (i32.const 65536) \"x\") (func (export \"_start\")))";
        String elements = "(module (table 1 funcref) (elem (i32.const 1) 0) (func (export \"_start\")))";
        assertThat(engine.command(data)).isEqualTo(new Outcome.Trapped(TrapKind.MEMORY_OUT_OF_BOUNDS, List.of()));
        assertThat(engine.command(elements)).isEqualTo(new Outcome.Trapped(TrapKind.TABLE_OUT_OF_BOUNDS, List.of()));
    }

    /** Puts a custom section before the others, which moves them, and behind them a name section. */
    private static byte[] named(byte[] module, String... functions) {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        names.write(functions.length);
        for (int i = 0; i < functions.length; i++) {
            names.write(i);
            name(names, functions[i]);
        }
        ByteArrayOutputStream section = new ByteArrayOutputStream();
        name(section, "name");
        section.write(1);
        section.write(names.size());
        section.writeBytes(names.toByteArray());
        ByteArrayOutputStream padding = new ByteArrayOutputStream();
        name(padding, "padding");
        padding.writeBytes(new byte[100]);
        ByteArrayOutputStream named = new ByteArrayOutputStream();
        named.write(module, 0, 8);
        custom(named, padding);
        named.write(module, 8, module.length - 8);
        custom(named, section);
        return named.toByteArray();
    }

    private static void name(ByteArrayOutputStream target, String name) {
        target.write(name.length());
        target.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static void custom(ByteArrayOutputStream target, ByteArrayOutputStream section) {
        target.write(0);
        target.write(section.size());
        target.writeBytes(section.toByteArray());
    }
}
