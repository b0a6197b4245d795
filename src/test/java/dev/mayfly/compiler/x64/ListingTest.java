package dev.mayfly.compiler.x64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.compiler.BinarySource;
import dev.mayfly.compiler.Compiler;
import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.frontend.Frontend;
import dev.mayfly.testsupport.Wat;
import dev.mayfly.wasm.binary.BinaryLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What small functions become, to be read: each file has the function, then its machine code as binutils' disassembler
 * shows it. Only the bytes are compared. {@code -Dmayfly.bless=true} writes the listings anew, and takes {@code objdump}.
 */
class ListingTest {

    private static final Path LISTINGS = Path.of("src/test/resources/x64/listings");
    private static final String SOURCE = "; ";

    /** An offset, bytes, and the instruction, between tabs. */
    private static final Pattern INSTRUCTION =
            Pattern.compile("^ *[0-9a-f]+:\\t((?:[0-9a-f]{2} )+) *\\t.*$", Pattern.MULTILINE);

    @ParameterizedTest
    @ValueSource(strings = {"loop", "while", "call", "indirect-call", "accesses", "division", "switch", "floats"})
    void functionsBecomeTheseInstructions(String name) throws Exception {
        Path file = LISTINGS.resolve(name + ".txt");
        String source = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(SOURCE))
                .collect(Collectors.joining("\n", "", "\n"));
        byte[] code = compile("(module (memory 1)\n" + source.replaceAll("(?m)^" + SOURCE, "") + ")");
        if (Boolean.getBoolean("mayfly.bless")) {
            Files.writeString(file, source + "\n" + disassemble(code));
        }
        assertThat(HexFormat.ofDelimiter(" ").formatHex(code)).isEqualTo(bytes(Files.readString(file)));
    }

    private static byte[] compile(String text) throws Exception {
        byte[] binary = Wat.toBinary(text);
        BinarySource source = (offset, length) -> Arrays.copyOfRange(binary, (int) offset, (int) offset + length);
        X64Backend backend = new X64Backend(CpuFeatures.V3);
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Compiler compiler = new Compiler(backend, BinaryLimits.DEFAULT, Frontend.BLOCK_ARGUMENTS, executor, 1);
            List<CompiledFunction> functions = compiler.compile(Wat.decode(binary), source);
            return functions.getFirst().code();
        }
    }

    private static String bytes(String listing) {
        return INSTRUCTION
                .matcher(listing)
                .results()
                .map((MatchResult instruction) -> instruction.group(1).strip())
                .collect(Collectors.joining(" "));
    }

    private static String disassemble(byte[] code) throws IOException {
        Path file = Files.createTempFile("code", ".bin");
        try {
            Files.write(file, code);
            Process process = new ProcessBuilder(
                            "objdump", "-D", "-w", "-z", "-b", "binary", "-m", "i386:x86-64", "-M", "intel", file + "")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return INSTRUCTION
                    .matcher(output)
                    .results()
                    .map(instruction -> instruction.group().stripTrailing())
                    .collect(Collectors.joining("\n", "", "\n"));
        } finally {
            Files.delete(file);
        }
    }
}
