package dev.mayfly.compiler.x64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.regalloc.Allocation;
import dev.mayfly.compiler.regalloc.AllocationChecker;
import dev.mayfly.compiler.regalloc.RegisterAllocator;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.FunctionParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What becomes of functions: a {@code .ssa} file is lowered to what stands behind it in a {@code .asm} file, with the
 * final bytes. {@code -Dmayfly.bless=true} writes those anew.
 */
class GoldenCodeTest {

    private static final Path FOLDER = Path.of("src/test/resources/x64/golden");

    static List<Path> functions() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".ssa"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void functionBecomesTheExpectedCode(Path source) throws Exception {
        String text = Files.readString(source);
        Path expected = Path.of(source.toString().replace(".ssa", ".asm"));

        String actual = listing(text, CpuFeatures.BASELINE) + "\n; with all features\n" + listing(text, CpuFeatures.V3);

        if (Boolean.getBoolean("mayfly.bless")) {
            Files.writeString(expected, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(expected));
    }

    private static String listing(String text, CpuFeatures features) throws Exception {
        Function function = FunctionParser.parse(text);
        MachineFunction machine = Lowering.lower(function, features);
        Allocation allocation = new RegisterAllocator(Registers.FILE).allocate(machine);
        AllocationChecker.check(machine, Registers.FILE, allocation);
        CompiledFunction code = new X64Backend(features).generate(function);
        return MachinePrinter.print(machine) + "; " + code.size() + " bytes "
                + HexFormat.of().formatHex(code.code()) + "\n; " + code.relocations() + "\n";
    }
}
