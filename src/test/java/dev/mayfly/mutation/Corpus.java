package dev.mayfly.mutation;

import com.dylibso.chicory.wabt.Wat2Wasm;
import dev.mayfly.testsupport.Programs;
import java.nio.file.Path;
import java.util.List;

/** The modules that mutants are made of. */
final class Corpus {

    private static final Path EVERYTHING = Path.of("src/test/programs/mutation/everything.wat");

    private Corpus() {}

    /** Modules with a {@code _start} of a few KiB, several times the one that uses everything. */
    static List<byte[]> commands() {
        byte[] everything = everything();
        return List.of(everything, everything, everything, Programs.sample("hello"), Programs.sample("page"));
    }

    static byte[] everything() {
        return Wat2Wasm.parse(EVERYTHING.toFile());
    }
}
