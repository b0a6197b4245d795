package dev.mayfly.wasm.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.ModuleBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinaryReaderTest {

    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "7f, 127",
        "80 01, 128",
        "80 00, 0",
        "ff ff ff ff 0f, 4294967295",
        "80 80 80 80 08, 2147483648",
        "82 80 80 80 00, 2",
        "e5 8e 26, 624485",
    })
    void readsUnsigned32(String hex, long value) throws Exception {
        assertThat(Integer.toUnsignedLong(reader(hex).u32())).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "3f, 63",
        "40, -64",
        "7f, -1",
        "ff 7f, -1",
        "80 7f, -128",
        "c0 bb 78, -123456",
        "ff ff ff ff 07, 2147483647",
        "80 80 80 80 78, -2147483648",
        "ff ff ff ff 7f, -1",
    })
    void readsSigned32(String hex, int value) throws Exception {
        assertThat(reader(hex).s32()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "40, -64",
        "ff ff ff ff 0f, 4294967295",
        "80 80 80 80 70, -4294967296",
        "80 80 80 80 08, 2147483648",
    })
    void readsSigned33(String hex, long value) throws Exception {
        assertThat(reader(hex).s33()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "7f, -1",
        "ff ff ff ff ff ff ff ff ff 00, 9223372036854775807",
        "80 80 80 80 80 80 80 80 80 7f, -9223372036854775808",
        "ff ff ff ff ff ff ff ff ff 7f, -1",
        "80 80 80 80 10, 4294967296",
    })
    void readsSigned64(String hex, long value) throws Exception {
        assertThat(reader(hex).s64()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "u32, 80 80 80 80 80 00, integer representation too long",
        "u32, 80 80 80 80 10, integer too large",
        "u32, ff ff ff ff 1f, integer too large",
        "u32, 80 80, unexpected end",
        "s32, 80 80 80 80 80 00, integer representation too long",
        "s32, 80 80 80 80 08, integer too large",
        "s32, ff ff ff ff 70, integer too large",
        "s32, ff ff ff ff 77, integer too large",
        "s33, 80 80 80 80 80 00, integer representation too long",
        "s33, 80 80 80 80 10, integer too large",
        "s33, 80 80 80 80 60, integer too large",
        "s64, 80 80 80 80 80 80 80 80 80 80 00, integer representation too long",
        "s64, 80 80 80 80 80 80 80 80 80 01, integer too large",
        "s64, 80 80 80 80 80 80 80 80 80 7e, integer too large",
        "s64, ff, unexpected end",
    })
    void refusesNumbersThatDoNotFit(String type, String hex, String message) {
        assertThatThrownBy(() -> read(type, hex))
                .isInstanceOf(MalformedModuleException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void readsAcrossTheWindowsEnd() throws Exception {
        byte[] bytes = new byte[64 * 1024 + 20];
        int last = 64 * 1024 - 1;
        bytes[last] = (byte) 0x80;
        bytes[last + 1] = 0x01;
        for (int i = 2; i < 10; i++) {
            bytes[last + i] = (byte) i;
        }
        BinaryReader in = new BinaryReader(new ByteArrayInputStream(bytes));
        in.skipTo(last);
        assertThat(in.u32()).isEqualTo(128);
        assertThat(in.offset()).isEqualTo(last + 2);
        assertThat(in.fixed64()).isEqualTo(0x0908070605040302L);
    }

    @Test
    void readsFixedNumbersThatStraddleTheWindow() throws Exception {
        byte[] bytes = new byte[64 * 1024 + 20];
        int from = 64 * 1024 - 3;
        for (int i = 0; i < 8; i++) {
            bytes[from + i] = (byte) (0xF8 + i);
        }
        BinaryReader in = new BinaryReader(new ByteArrayInputStream(bytes));
        in.skipTo(from);
        assertThat(in.fixed64()).isEqualTo(0xFFFEFDFCFBFAF9F8L);
    }

    @Test
    void neverReadsPastTheBound() throws Exception {
        BinaryReader in = reader("01 02 03 04");
        in.u8();
        long former = in.bound(2);
        assertThat(in.u8()).isEqualTo(2);
        assertThat(in.remaining()).isZero();
        assertThatThrownBy(in::u8)
                .isInstanceOfSatisfying(MalformedModuleException.class, e -> assertThat(e.offset())
                        .isEqualTo(2))
                .hasMessage("unexpected end of section or function");
        in.bound(former);
        assertThat(in.u8()).isEqualTo(3);
    }

    @Test
    void tellsTheBinarysEndFromTheBound() throws Exception {
        BinaryReader in = reader("01");
        in.bound(100);
        in.u8();
        assertThatThrownBy(in::u8).hasMessage("unexpected end");
        assertThat(in.atEnd()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"c3 28", "80", "ed a0 80", "f4 90 80 80", "c0 80", "e2 82"})
    void refusesIllFormedUtf8(String hex) {
        assertThatThrownBy(() -> reader(hex).utf8(ModuleBytes.hex(hex).length))
                .isInstanceOf(MalformedModuleException.class)
                .hasMessage("malformed UTF-8 encoding");
    }

    @Test
    void readsUtf8() throws Exception {
        assertThat(reader("c3 a4 e2 82 ac f0 9f a6 8b").utf8(9)).isEqualTo("ä€🦋");
    }

    private static Object read(String type, String hex) throws IOException, MalformedModuleException {
        BinaryReader in = reader(hex);
        return switch (type) {
            case "u32" -> in.u32();
            case "s32" -> in.s32();
            case "s33" -> in.s33();
            default -> in.s64();
        };
    }

    private static BinaryReader reader(String hex) {
        return new BinaryReader(new ByteArrayInputStream(ModuleBytes.hex(hex)));
    }
}
