package dev.mayfly.wasm.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.wasm.spec.SpecCommand;
import dev.mayfly.wasm.spec.SpecScript;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Damaged modules are refused with an error of the decoder's or validator's own, or still are valid. */
class MutationTest {

    private static final Set<String> SOURCES = Set.of(
            "br_table.wast",
            "bulk.wast",
            "call_indirect.wast",
            "custom.wast",
            "elem.wast",
            "global.wast",
            "if.wast",
            "imports.wast",
            "memory_init.wast",
            "ref_func.wast",
            "select.wast",
            "simd/simd_lane.wast",
            "simd/simd_load_extend.wast",
            "table_init.wast",
            "unreached-valid.wast");
    private static final int MUTANTS = 20_000;
    private static final byte[] TELLING = {0x00, 0x01, 0x0B, 0x40, 0x60, 0x70, 0x7B, 0x7F, -0x80, -0x04, -0x03, -1};

    @Test
    void mutantsAreJudgedWithoutAnyOtherError() throws IOException {
        List<byte[]> originals = originals();
        Random random = new Random(20_261_122);
        TreeMap<String, Integer> outcomes = new TreeMap<>();
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutate(originals.get(random.nextInt(originals.size())), random);
            // Anything but a ModuleException passes through and fails the test.
            String judgement = Judgement.of(mutant);
            outcomes.merge(judgement.replaceAll(":.*", ""), 1, Integer::sum);
        }
        assertThat(outcomes.keySet()).contains("valid", "malformed", "invalid", "unsupported");
        assertThat(outcomes.get("malformed")).isGreaterThan(MUTANTS / 4);
        assertThat(outcomes.get("invalid")).isGreaterThan(MUTANTS / 20);
    }

    private static List<byte[]> originals() throws IOException {
        List<byte[]> originals = new ArrayList<>();
        for (SpecScript script : SpecScript.all()) {
            if (SOURCES.contains(script.name())) {
                for (SpecCommand command : script.commands()) {
                    if (command.type().equals("module")) {
                        originals.add(Files.readAllBytes(command.module()));
                    }
                }
            }
        }
        assertThat(originals).hasSizeGreaterThan(100);
        return originals;
    }

    /** Some of: a bit flipped, a byte replaced, bytes left out, doubled or moved, the end cut off. */
    private static byte[] mutate(byte[] original, Random random) {
        byte[] mutant = original.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0 && mutant.length > 9; changes--) {
            int at = 8 + random.nextInt(mutant.length - 8);
            switch (random.nextInt(6)) {
                case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutant[at] = (byte) random.nextInt();
                case 2 -> mutant[at] = TELLING[random.nextInt(TELLING.length)];
                case 3 -> mutant = splice(mutant, at, Math.min(mutant.length, at + 1 + random.nextInt(4)));
                case 4 -> mutant = splice(mutant, at, Math.max(8, at - random.nextInt(8)));
                default -> mutant = Arrays.copyOf(mutant, random.nextInt(8) == 0 ? at : mutant.length);
            }
        }
        return mutant;
    }

    /** What stands before {@code end}, and then what stands from {@code resume} on. */
    private static byte[] splice(byte[] bytes, int end, int resume) {
        byte[] spliced = Arrays.copyOf(bytes, end + bytes.length - resume);
        System.arraycopy(bytes, resume, spliced, end, bytes.length - resume);
        return spliced;
    }
}
