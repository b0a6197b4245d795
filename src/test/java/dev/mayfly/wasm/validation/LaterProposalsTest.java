package dev.mayfly.wasm.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.wasm.ModuleBytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What came after version 2.0 is refused by its name. */
class LaterProposalsTest {

    @ParameterizedTest
    @CsvSource({
        "component model, 00 61 73 6d 0d 00 01 00",
        "component model, 00 61 73 6d 0a 00 01 00",
    })
    void headers(String proposal, String hex) {
        assertThat(Judgement.of(ModuleBytes.hex(hex))).isEqualTo(refusal(proposal));
    }

    @ParameterizedTest
    @CsvSource({
        "garbage collection, 1, 01 5f 00",
        "garbage collection, 1, 01 5e 7f 00",
        "garbage collection, 1, 01 50 00 60 00 00",
        "garbage collection, 1, 01 4f 00 60 00 00",
        "garbage collection, 1, 01 4e 01 60 00 00",
        "garbage collection, 1, 01 60 01 6e 00",
        "garbage collection, 1, 01 60 01 6c 00",
        "stack switching, 1, 01 5d 00",
        "typed function references, 1, 01 60 01 64 00 00",
        "typed function references, 1, 01 60 01 63 00 00",
        "exception handling, 1, 01 60 01 69 00",
        "exception handling, 2, 01 01 61 01 62 04 00 00",
        "exception handling, 7, 01 01 61 04 00",
        "exception handling, 13, 01 00 00",
        "typed function references, 4, 01 40 00 70 00 01 d0 70 0b",
        "typed function references, 4, 01 64 00 00 01",
        "memory64, 4, 01 70 04 01",
        "threads, 5, 01 03 01 02",
        "memory64, 5, 01 04 01",
        "memory64, 5, 01 05 01 02",
        "custom page sizes, 5, 01 08 01 00",
    })
    void sections(String proposal, int section, String hex) {
        assertThat(Judgement.of(ModuleBytes.module().section(section, hex).bytes()))
                .isEqualTo(refusal(proposal));
    }

    @ParameterizedTest
    @CsvSource({
        "exception handling, 06 40",
        "exception handling, 08 00",
        "exception handling, 0a",
        "exception handling, 1f 40 00",
        "tail calls, 12 00",
        "tail calls, 13 00 00",
        "typed function references, 14 00",
        "typed function references, d4",
        "typed function references, d5 00",
        "garbage collection, d3",
        "garbage collection, fb 00 00",
        "garbage collection, d0 6e",
        "stack switching, e0 00",
        "threads, fe 10 02 00",
        "relaxed SIMD, fd 80 02",
        "relaxed SIMD, fd 93 02",
        "memory control, fc 12 00",
        "wide arithmetic, fc 13",
        "typed function references, 02 63 00",
        "typed function references, 02 64 00",
    })
    void instructions(String proposal, String hex) {
        byte[] binary = ModuleBytes.module()
                .section(1, "01 60 00 00")
                .section(3, "01 00")
                .code(hex + "0b")
                .bytes();
        assertThat(Judgement.of(binary)).isEqualTo(refusal(proposal));
    }

    private static String refusal(String proposal) {
        return "unsupported: the " + proposal + " proposal is not supported";
    }
}
