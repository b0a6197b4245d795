package dev.mayfly.invocations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mayfly.sandbox.WasmValue;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.ValueType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class NumberCodecTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static WasmValue read(ValueType type, String value) throws InvalidArgumentsException {
        return NumberCodec.arguments(new FunctionType(List.of(type), List.of()), List.of(value))
                .getFirst();
    }

    private static String write(WasmValue value) {
        return JSON.writeValueAsString(NumberCodec.results(List.of(value)));
    }

    @ParameterizedTest
    @CsvSource({
        "I32, -2147483648, -2147483648",
        "I32, 4294967295, -1",
        "I64, 9007199254740993, 9007199254740993",
        "I64, 18446744073709551615, -1",
        "I64, -9223372036854775808, -9223372036854775808",
        "F32, 0.1, 0.1",
        "F32, 16777217, 1.6777216E7",
        "F64, 0.1, 0.1",
        "F64, -0.0, -0.0",
        "F32, -0, -0.0",
        "F64, 5e-324, 4.9E-324",
        "F64, NaN, '\"NaN\"'",
        "F64, -Infinity, '\"-Infinity\"'",
        "F32, Infinity, '\"Infinity\"'"
    })
    void valuesAreExact(ValueType type, String value, String written) throws Exception {
        assertThat(write(read(type, value))).isEqualTo("[" + written + "]");
    }

    /** Halfway between two floats but for a digit that a double does not hold. */
    @Test
    void aFloatIsRoundedOnce() throws Exception {
        assertThat(read(ValueType.F32, "1.00000017881393432617187499"))
                .isEqualTo(new WasmValue.F32(1.00000011920928955078125f));
    }

    @ParameterizedTest
    @CsvSource({
        "I32, 4294967296",
        "I32, -2147483649",
        "I32, 1.0",
        "I64, 18446744073709551616",
        "I64, NaN",
        "F64, 1e400",
        "F32, 1e39",
        "FUNCREF, 1",
        "V128, 1"
    })
    void whatDoesNotFitIsRefused(ValueType type, String value) {
        assertThatExceptionOfType(InvalidArgumentsException.class).isThrownBy(() -> read(type, value));
    }

    @Test
    void tooManyArgumentsAreRefused() {
        FunctionType type = new FunctionType(List.of(ValueType.I32), List.of());
        assertThatExceptionOfType(InvalidArgumentsException.class)
                .isThrownBy(() -> NumberCodec.arguments(type, List.of()))
                .withMessageContaining("1 arguments (i32) -> ()");
    }
}
