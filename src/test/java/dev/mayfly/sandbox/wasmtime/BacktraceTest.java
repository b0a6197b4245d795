package dev.mayfly.sandbox.wasmtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BacktraceTest {

    private static final String INTRODUCTION = "error while executing at wasm backtrace:\n";

    @Test
    void readsTheGuestsFrames() {
        String message = INTRODUCTION
                + "    0:   0x8d - <unknown>!<wasm function 1>\n"
                + "    1: 0x1234 - <unknown>!<wasm function 20>\n"
                + "    2:   0x61 - mayfly!<wasm function 1>";
        assertThat(Backtrace.isIn(message)).isTrue();
        Backtrace backtrace = Backtrace.parse(message);
        assertThat(backtrace.atFunctionEntry()).isFalse();
        assertThat(backtrace.frames())
                .containsExactly(
                        new Backtrace.Position(1, OptionalLong.of(0x8d)),
                        new Backtrace.Position(20, OptionalLong.of(0x1234)));
    }

    @Test
    void tellsAFunctionThatHadNotBegun() {
        Backtrace backtrace = Backtrace.parse(
                INTRODUCTION + "    0: <unknown>!<wasm function 3>\n    1: 0x99 - <unknown>!<wasm function 3>\n");
        assertThat(backtrace.atFunctionEntry()).isTrue();
        assertThat(backtrace.frames()).hasSize(2);
    }

    @Test
    void tellsAStubThatHadNotBegun() {
        Backtrace backtrace = Backtrace.parse(
                INTRODUCTION + "    0: mayfly!<wasm function 2>\n    1: 0x99 - <unknown>!<wasm function 3>");
        assertThat(backtrace.atFunctionEntry()).isTrue();
        assertThat(backtrace.frames()).containsExactly(new Backtrace.Position(3, OptionalLong.of(0x99)));
    }

    @Test
    void otherMessagesHaveNone() {
        assertThat(Backtrace.isIn("wasm trap: out of bounds memory access")).isFalse();
        assertThat(Backtrace.parse("").frames()).isEmpty();
        assertThat(Backtrace.parse(INTRODUCTION + "something else").frames()).isEmpty();
    }
}
