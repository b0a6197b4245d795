package dev.mayfly.programs;

import dev.mayfly.testsupport.DiskTools;
import dev.mayfly.testsupport.Programs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What memory a file and this process take, in KiB.
 *
 * @param file of the file, in the system's cache, once for the machine
 * @param anonymous of this process, resident, that is no file's: the JVM's, and that of guests
 * @param heap what the JVM has for objects, resident or not
 */
record ProcessMemory(long file, long anonymous, long heap) {

    private static final Path HERE = Path.of("").toAbsolutePath();

    /** Has the system forget a file, where it does. */
    static void forget(Path file) throws IOException {
        Path dd = Path.of(DiskTools.tool("dd"));
        Programs.run(dd, HERE, "of=" + file, "oflag=nocache", "conv=notrunc,fdatasync", "count=0", "status=none");
    }

    /** As the kernel has it now. */
    static ProcessMemory now(Path file) throws IOException {
        Path fincore = Path.of(DiskTools.tool("fincore"));
        String cached = Programs.run(fincore, HERE, "--bytes", "--noheadings", "--output", "RES", file.toString());
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
        return new ProcessMemory(Long.parseLong(cached.strip()) >> 10, anonymousNow(), heap >> 10);
    }

    private static long anonymousNow() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Anonymous:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        }
    }

    @Override
    public String toString() {
        return "disk %d KiB, process %d KiB anonymous, of which heap up to %d".formatted(file, anonymous, heap);
    }
}
