package dev.mayfly.performance;

import dev.mayfly.testsupport.Programs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A program that does nothing but compute: exports {@code run}, which takes how much to do and returns a checksum.
 *
 * @param name of its source, in {@code src/test/programs/cpu}
 * @param amount for some 30 ms
 */
record CpuProgram(String name, int amount) {

    static final List<CpuProgram> ALL = List.of(
            new CpuProgram("callbacks", 20_000),
            new CpuProgram("compression", 10),
            new CpuProgram("fannkuch", 9),
            new CpuProgram("fibonacci", 34),
            new CpuProgram("hashtable", 2_000_000),
            new CpuProgram("interpreter", 500_000),
            new CpuProgram("mandelbrot", 400),
            new CpuProgram("matrix", 15),
            new CpuProgram("nbody", 400_000),
            new CpuProgram("quicksort", 4),
            new CpuProgram("sha256", 100),
            new CpuProgram("sieve", 10));

    Path module() {
        return Programs.cpu(name);
    }

    /** As a library for this machine, if there is a compiler for it. */
    Optional<Path> library() {
        return Programs.cpuNative(name);
    }
}
