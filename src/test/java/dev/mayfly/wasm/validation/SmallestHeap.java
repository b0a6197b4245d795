package dev.mayfly.wasm.validation;

import dev.mayfly.testsupport.Programs;
import dev.mayfly.wasm.ModuleException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import run.endive.wasm.Parser;

/**
 * Finds the smallest maximum heap in which a virtual machine of its own reads a module from a file, keeping the result.
 * Unlike a peak that is observed, this does not depend on when garbage is collected.
 */
final class SmallestHeap {

    private static final int LARGEST = 2048;

    private SmallestHeap() {}

    /** The heap in MiB, found by halving. */
    static int mebibytes(String reader) throws IOException, InterruptedException {
        Path module = Programs.cPython().toAbsolutePath();
        int fails = 1;
        int works = LARGEST;
        while (works - fails > 1) {
            int middle = (works + fails) / 2;
            if (succeeds(reader, module, middle)) {
                works = middle;
            } else {
                fails = middle;
            }
        }
        return works;
    }

    private static boolean succeeds(String reader, Path module, int mebibytes)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx" + mebibytes + "m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallestHeap.class.getName(),
                        reader,
                        module.toString())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }

    /** Reads a module, the second argument, with the reader that the first one names. */
    public static void main(String[] arguments) throws IOException, ModuleException {
        Path module = Path.of(arguments[1]);
        Object result;
        if (arguments[0].equals("mayfly")) {
            try (InputStream binary = Files.newInputStream(module)) {
                result = new ModuleValidator().validate(binary);
            }
        } else {
            result = Parser.parse(module);
        }
        System.out.println(result.getClass());
    }
}
