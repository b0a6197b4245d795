package dev.mayfly.disk.zstd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XxHash64Test {

    /** Values by the reference implementation. */
    @ParameterizedTest
    @CsvSource({
        "'', EF46DB3751D8E999",
        "a, D24EC4F1A98C6E5B",
        "abc, 44BC2CF5AD770999",
        "Nobody inspects the spammish repetition, FBCEA83C8A378BF1"
    })
    void isTheHashThatTheReferenceSays(String text, String expected) {
        XxHash64 hash = new XxHash64();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        hash.update(bytes, 0, bytes.length);
        assertThat(Long.toHexString(hash.value()).toUpperCase(java.util.Locale.ROOT))
                .isEqualTo(expected);
    }

    @Test
    void isTheSameHoweverTheBytesArePortioned() {
        byte[] bytes = Samples.mixed(1_000, 3);
        XxHash64 whole = new XxHash64();
        whole.update(bytes, 0, bytes.length);
        for (int portion = 1; portion < 100; portion++) {
            XxHash64 hash = new XxHash64();
            for (int at = 0; at < bytes.length; at += portion) {
                hash.update(bytes, at, Math.min(portion, bytes.length - at));
            }
            assertThat(hash.value()).isEqualTo(whole.value());
        }
    }
}
