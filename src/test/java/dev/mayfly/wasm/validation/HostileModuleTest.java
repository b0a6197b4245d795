package dev.mayfly.wasm.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.mayfly.wasm.ModuleBytes;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Binaries made to exhaust their reader. */
class HostileModuleTest {

    private static final String HUGE = "ff ff ff ff 0f";
    private static final long ONE_MEBIBYTE = 1 << 20;

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5", "6", "7", "9", "10", "11"})
    void aDeclaredCountAllocatesNothing(int section) {
        byte[] small = ModuleBytes.module().section(section, HUGE).bytes();
        byte[] lyingAboutItsSize = ModuleBytes.module()
                .raw("%02x".formatted(section) + HUGE + HUGE)
                .bytes();
        assertThat(allocatedByJudging(small)).isLessThan(ONE_MEBIBYTE);
        assertThat(allocatedByJudging(lyingAboutItsSize)).isLessThan(ONE_MEBIBYTE);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 01 60 ff ff ff ff 0f",
        "1, 01 60 e8 07",
        "2, 01 ff ff ff ff 0f",
        "2, 01 a0 8d 06",
        "9, 01 01 00 ff ff ff ff 0f",
        "11, 01 01 ff ff ff ff 0f",
        "0, ff ff ff ff 0f",
        "0, 04 6e 61 6d 65 01 ff ff ff ff 0f ff ff ff ff 0f",
    })
    void aDeclaredSizeInsideOfASectionAllocatesNothing(int section, String contents) {
        byte[] binary = ModuleBytes.module()
                .raw("%02x".formatted(section) + HUGE + contents)
                .bytes();
        assertThat(allocatedByJudging(binary)).isLessThan(ONE_MEBIBYTE);
    }

    @ParameterizedTest
    @CsvSource({"0e ff ff ff ff 0f", "1c ff ff ff ff 0f", "0e 80 80 80 01"})
    void aDeclaredVectorInCodeAllocatesNothing(String body) {
        byte[] binary = ModuleBytes.module()
                .section(1, "01 60 00 00")
                .section(3, "01 00")
                .raw("0a" + HUGE + "01 ff ff ff 01 00" + body)
                .bytes();
        assertThat(allocatedByJudging(binary)).isLessThan(ONE_MEBIBYTE);
    }

    @Test
    void manyLocalsInFewBytesAreRefused() {
        byte[] binary = ModuleBytes.module()
                .section(1, "01 60 00 00")
                .section(3, "01 00")
                .section(10, "01 08 01 fe ff ff ff 0f 7f 0b")
                .bytes();
        assertThat(Judgement.of(binary)).isEqualTo("limit: limit locals exceeded: 4294967294 is more than 50000");
        assertThat(allocatedByJudging(binary)).isLessThan(ONE_MEBIBYTE);
    }

    @Test
    void deepNestingTakesNoStack() {
        int depth = 100_000;
        byte[] body = new byte[depth * 3 + 1];
        for (int i = 0; i < depth; i++) {
            body[2 * i] = 0x02;
            body[2 * i + 1] = 0x40;
        }
        Arrays.fill(body, depth * 2, body.length, (byte) 0x0B);
        assertThat(Judgement.of(function("01 60 00 00", body))).isEqualTo("valid");
    }

    @Test
    void callsThatPileUpResultsHitALimit() {
        // Two bytes of code per thousand operands.
        ByteArrayOutputStream types = new ByteArrayOutputStream();
        types.writeBytes(ModuleBytes.hex("01 60 00 e8 07"));
        types.writeBytes(new byte[1000]);
        byte[] typeSection = types.toByteArray();
        Arrays.fill(typeSection, 5, typeSection.length, (byte) 0x7F);
        byte[] body = new byte[1_000_000];
        for (int i = 0; i < body.length; i += 2) {
            body[i] = 0x10;
        }
        byte[] binary = ModuleBytes.module()
                .section(1, typeSection)
                .section(3, "01 00")
                .code(body)
                .bytes();
        assertThat(Judgement.of(binary)).isEqualTo("limit: limit operands exceeded: 1001000 is more than 1000000");
        assertThat(allocatedByJudging(binary)).isLessThan(8 * ONE_MEBIBYTE);
    }

    @Test
    void memoryDoesNotGrowWithData() {
        byte[] segment = new byte[20 << 20];
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(ModuleBytes.hex("01 01"));
        data.writeBytes(ModuleBytes.unsigned(segment.length));
        data.writeBytes(segment);
        byte[] binary = ModuleBytes.module()
                .section(11, data.toByteArray())
                .section(0, concatenate(ModuleBytes.hex("01 61"), segment))
                .bytes();
        assertThat(Judgement.of(binary)).isEqualTo("valid");
        assertThat(allocatedByJudging(binary)).isLessThan(ONE_MEBIBYTE);
    }

    @Test
    void memoryDoesNotGrowWithCode() {
        byte[] body = new byte[7_000_000];
        Arrays.fill(body, (byte) 0x01);
        body[body.length - 1] = 0x0B;
        byte[] binary = function("01 60 00 00", body);
        assertThat(Judgement.of(binary)).isEqualTo("valid");
        assertThat(allocatedByJudging(binary)).isLessThan(ONE_MEBIBYTE);
    }

    private static byte[] function(String types, byte[] body) {
        return ModuleBytes.module()
                .section(1, types)
                .section(3, "01 00")
                .code(body)
                .bytes();
    }

    private static byte[] concatenate(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Everything that this thread allocates, garbage included. */
    private static long allocatedByJudging(byte[] binary) {
        String warmUp = Judgement.of(binary);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        String judgement = Judgement.of(binary);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(judgement).isEqualTo(warmUp);
        return allocated;
    }
}
