package dev.mayfly.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mayfly.abi.MemoryMap;
import dev.mayfly.compiler.code.CodeMap;
import dev.mayfly.compiler.code.CodeMap.Site;
import dev.mayfly.compiler.code.CompiledFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ImageTest {

    private static final String WAT = """
            (module
              (import "host" "ask" (func (param i32) (result i32)))
              (memory 1)
              (func $inner (param i32) (result i32)
                local.get 0
                i32.load offset=4
                call 0)
              (func (export "outer") (param i32) (result i32)
                local.get 0
                call $inner
                i32.const 7
                i32.div_u
                unreachable))
            """;

    private final TestModule module = TestModule.ofText(WAT);
    private final List<CompiledFunction> functions = module.compile();
    private final Image image = module.image();

    @Test
    void everySiteIsFoundAtItsAddressWithItsFunctionAndOffset() {
        List<Site> seen = new ArrayList<>();
        for (int i = 0; i < functions.size(); i++) {
            long start = startOf(1 + i);
            CodeMap map = functions.get(i).map();
            for (int site = 0; site < map.size(); site++) {
                assertThat(image.position(start + map.offset(site)))
                        .contains(new CodePosition(1 + i, OptionalInt.of(map.position(site))));
                assertThat(image.isMemoryAccess(start + map.offset(site)))
                        .isEqualTo(map.site(site) == Site.MEMORY_ACCESS);
                seen.add(map.site(site));
            }
        }
        assertThat(seen).contains(Site.MEMORY_ACCESS, Site.TRAP, Site.CALL);
    }

    @Test
    void otherInstructionsOfAFunctionHaveNoOffset() {
        long start = startOf(1);
        assertThat(image.position(start)).contains(new CodePosition(1, OptionalInt.empty()));
        assertThat(image.isMemoryAccess(start)).isFalse();
    }

    @Test
    void everyAddressOfAFunctionIsItsOwnUpToTheNext() {
        for (long at = startOf(1); at < startOf(2); at++) {
            assertThat(image.position(at).orElseThrow().function()).isEqualTo(1);
        }
    }

    @Test
    void stubsAndRoutinesAreNoneOfTheModule() {
        assertThat(image.position(MemoryMap.IMAGE)).as("the import's stub").isEmpty();
        assertThat(image.position(image.entry(2))).as("the entry's stub").isEmpty();
        assertThat(image.position(image.constants().address() - 1))
                .as("the last routine")
                .isEmpty();
    }

    @Test
    void addressesOutsideOfTheCodeAreNothing() {
        for (long address : new long[] {
            0,
            -1,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            MemoryMap.IMAGE - 1,
            MemoryMap.STACK_TOP,
            MemoryMap.STACK_TOP + 4096,
            startOf(1) + (1L << 32),
            image.data().address()
        }) {
            assertThat(image.position(address)).as(Long.toHexString(address)).isEqualTo(Optional.empty());
            assertThat(image.isMemoryAccess(address)).isFalse();
        }
    }

    @Test
    void onlyWhatTheHostMayCallHasAnEntry() {
        assertThat(image.entry(2)).isGreaterThan(startOf(2));
        for (int none : new int[] {-1, 0, 1, 3}) {
            assertThatIllegalArgumentException().isThrownBy(() -> image.entry(none));
        }
    }

    /** The first address whose function it is. */
    private long startOf(int function) {
        OptionalLong start = LongStream.range(MemoryMap.IMAGE, image.constants().address())
                .filter(at -> image.position(at)
                        .filter(position -> position.function() == function)
                        .isPresent())
                .findFirst();
        return start.orElseThrow();
    }
}
