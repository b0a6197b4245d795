package dev.mayfly.vmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mayfly.abi.MemoryMap;
import dev.mayfly.vmm.ImageLayout.Backed;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageLayoutTest {

    private static final MemorySegment NOTHING = MemorySegment.NULL;

    @ParameterizedTest
    @ValueSource(longs = {0, 1 << 16, 1L << 30, 1L << 32})
    void partsDoNotOverlap(long limit) {
        ImageLayout layout = ImageLayout.of(image(new LinearMemory(0, limit, NOTHING), 0x10000));
        assertThat(layout.tables().bytes()).isEqualTo(layout.tablesBytes());
        assertThat(layout.sharedBytes()).isLessThan(ImageLayout.TRAP);
        long at = 0;
        long pristine = layout.sharedBytes();
        for (Backed backed : layout.privateContents()) {
            assertThat(backed.offset()).isGreaterThanOrEqualTo(at);
            assertThat(backed.pristineOffset()).isEqualTo(pristine);
            at = backed.end();
            pristine += backed.bytes();
        }
        assertThat(layout.privateBytes()).isGreaterThanOrEqualTo(at + limit);
        assertThat(layout.linearOffset() % PageTables.LARGE_PAGE).isZero();
    }

    @Test
    void impossibleImagesAreRefused() {
        long image = MemoryMap.IMAGE;
        Region context = region(image + 0x10000, 0x1000);
        for (List<Region> regions : List.of(
                List.of(context, region(image + 0x10000, 0x2000)),
                List.of(context, region(image + 0xF000, 0x2000)),
                List.of(context, region(image - 0x1000, 0x1000)),
                List.of(context, region(0, 0x1000)),
                List.of(context, region(MemoryMap.STACK_TOP - MemoryMap.STACK_GUARD, 0x1000)),
                List.of(context, region(-0x1000, 0x1000)),
                List.of(context, region(image, Long.MAX_VALUE & -0x1000)),
                List.<Region>of())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> new GuestImage(regions, image + 0x10000, 0x10000, LinearMemory.NONE, rip -> true));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> region(image + 1, 0x1000));
        assertThatIllegalArgumentException().isThrownBy(() -> region(image, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> image(LinearMemory.NONE, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> image(LinearMemory.NONE, 0x1001));
        assertThatIllegalArgumentException().isThrownBy(() -> new LinearMemory(1, 1, NOTHING));
        assertThatIllegalArgumentException().isThrownBy(() -> new LinearMemory(2 << 16, 1 << 16, NOTHING));
        assertThatIllegalArgumentException().isThrownBy(() -> new LinearMemory(0, (1L << 32) + (1 << 16), NOTHING));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LinearMemory(0, 1 << 16, MemorySegment.ofArray(new byte[1])));
    }

    private static GuestImage image(LinearMemory memory, long stack) {
        return new GuestImage(
                List.of(region(MemoryMap.IMAGE, 0x1000), region(MemoryMap.IMAGE + 0x20_0000, 0x30_0000)),
                MemoryMap.IMAGE,
                stack,
                memory,
                rip -> true);
    }

    private static Region region(long address, long bytes) {
        return new Region(address, bytes, Permission.DATA, NOTHING);
    }
}
