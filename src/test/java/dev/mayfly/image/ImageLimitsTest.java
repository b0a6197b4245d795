package dev.mayfly.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mayfly.compiler.x64.CpuFeatures;
import dev.mayfly.vmm.Content;
import dev.mayfly.wasm.ModuleLimitException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageLimitsTest {

    private static final ImageLimits SMALL = new ImageLimits(20_000, 1 << 20);

    @Test
    void tablesThatDoNotFitIntoTheAddressSpaceAreRefusedBeforeMemoryIsTaken() {
        assertRefused("(module (table 500000000 funcref))", ImageLimits.DEFAULT, "imageSpan");
    }

    @Test
    void moreContentThanAllowedIsRefused() {
        assertRefused("(module (memory 100) " + segments(400, 8192) + ")", SMALL, "imageBytes");
        assertRefused("(module (memory 60000) " + segments(20, 190_000_000) + ")", ImageLimits.DEFAULT, "imageBytes");
        assertRefused(
                "(module (memory 100) (table 200000 funcref) " + segments(200, 8192)
                        + "(elem (i32.const 199999) func))",
                new ImageLimits(1, 4096),
                "imageBytes");
    }

    @Test
    void moreValuesThanTheFrameHasRoomForAreRefused() {
        String parameters = "(param" + " i32".repeat(61) + ")";
        assertRefused("(module (func (export \"f\") " + parameters + "))", ImageLimits.DEFAULT, "hostCallValues");
        assertRefused("(module (import \"a\" \"b\" (func " + parameters + ")))", ImageLimits.DEFAULT, "hostCallValues");
        assertRefused(
                "(module (import \"a\" \"b\" (func (result" + " i32".repeat(61) + "))))",
                ImageLimits.DEFAULT,
                "hostCallValues");
    }

    @Test
    void memoryThatBeginsBeyondItsLimitIsRefusedWhenLoaded() throws Exception {
        Image image = TestModule.ofText("(module (memory 3 5))").image();
        assertThatExceptionOfType(ModuleLimitException.class)
                .isThrownBy(() -> image.guest((3 << 16) - 1, 4096))
                .satisfies(e -> assertThat(e.limit()).isEqualTo("memoryBytes"));
        assertThat(image.guest(3 << 16, 4096).memory().limitBytes()).isEqualTo(3 << 16);
        assertThat(image.guest((4 << 16) + 7, 4096).memory().limitBytes()).isEqualTo(4 << 16);
        assertThat(image.guest(1L << 40, 4096).memory().limitBytes()).isEqualTo(5 << 16);
    }

    @Test
    void theLargestStackFitsBehindEveryImage() throws Exception {
        Image image = TestModule.ofText("(module (memory 0))").image();
        assertThat(image.guest(0, Image.STACK_BYTES).stackBytes()).isEqualTo(Image.STACK_BYTES);
    }

    @Test
    void whatIsZeroIsNotKept() {
        Image image = TestModule.ofText("(module (memory 60000) (table 20000 funcref) (func $f)"
                        + "(elem (i32.const 19999) $f)"
                        + "(data (i32.const 0) \"\\00\\00\")"
                        + "(data (i32.const 0xE0000000) \"x\"))")
                .image();
        assertThat(image.memory().contents()).extracting(Content::offset).containsExactly(0xE000_0000L);
        assertThat(image.data().contents()).hasSize(2);
        assertThat(image.bytes()).isLessThan(64 << 10);
    }

    @Test
    void contentsAreFewHoweverScatteredTheyAre() {
        Image image = TestModule.ofText("(module (memory 10000) " + segments(200, 1 << 18) + ")")
                .image(CpuFeatures.V3, TestModule.LIMITS);
        List<Content> contents = image.memory().contents();
        assertThat(contents).hasSizeLessThanOrEqualTo(PageStore.CONTENTS);
        byte[] bytes = Contents.bytes(contents, 200L << 18);
        for (int i = 0; i < 200; i++) {
            assertThat(bytes[i << 18]).isEqualTo((byte) 'x');
        }
    }

    /** So many bytes, so far from each other. */
    private static String segments(int count, long distance) {
        StringBuilder text = new StringBuilder();
        for (long i = 0; i < count; i++) {
            text.append("(data (i32.const ").append(i * distance).append(") \"x\")");
        }
        return text.toString();
    }

    private static void assertRefused(String wat, ImageLimits limits, String limit) {
        TestModule module = TestModule.ofText(wat);
        assertThatExceptionOfType(ModuleLimitException.class)
                .isThrownBy(() -> module.build(module.compile(), limits))
                .satisfies(e -> assertThat(e.limit()).isEqualTo(limit));
    }
}
