package dev.mayfly.wasm.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.wasm.ModuleBytes;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A function with parameters i32, i64 and then 255 f32, 1 f64, 1000 v128 and 1 funcref: 1259 in all. */
class LocalTypesTest {

    @ParameterizedTest
    @CsvSource({
        "0, i32",
        "1, i64",
        "2, f32",
        "255, f32",
        "256, f32",
        "257, f64",
        "258, v128",
        "1257, v128",
        "1258, funcref",
    })
    void everyLocalHasItsType(int index, String type) {
        assertThat(judge(index)).isEqualTo("invalid: type mismatch: expected nothing but got " + type);
    }

    @ParameterizedTest
    @CsvSource({"1259", "1260", "4294967295"})
    void noLocalIsBehindTheLast(long index) {
        assertThat(judge(index)).isEqualTo("invalid: unknown local " + index);
    }

    private static String judge(long index) {
        String declarations = "04 ff 01 7d 01 7c e8 07 7b 01 70";
        byte[] get = ModuleBytes.unsigned(index);
        String body = declarations + "20" + hex(get) + "0b";
        int size = ModuleBytes.hex(body).length;
        return Judgement.of(ModuleBytes.module()
                .section(1, "01 60 02 7f 7e 00")
                .section(3, "01 00")
                .section(10, "01" + hex(ModuleBytes.unsigned(size)) + body)
                .bytes());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
