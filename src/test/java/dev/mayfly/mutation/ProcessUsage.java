package dev.mayfly.mutation;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds.
 *
 * @param threads platform threads
 * @param openFiles descriptors, without those of jar files, which are opened when their first class is needed
 * @param heapMiB after a full collection
 * @param residentMiB of the whole process
 */
record ProcessUsage(int threads, long openFiles, long heapMiB, long residentMiB) {

    private static final int MIB = 1 << 20;

    /** Now. Linux only: reads {@code /proc}. */
    static ProcessUsage now() throws IOException {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return new ProcessUsage(
                ManagementFactory.getThreadMXBean().getThreadCount(),
                countOpenFiles(),
                memory.getHeapMemoryUsage().getUsed() / MIB,
                residentKiB() / 1024);
    }

    private static long countOpenFiles() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(descriptor -> !isJar(descriptor)).count();
        }
    }

    private static boolean isJar(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().endsWith(".jar");
        } catch (IOException e) {
            return true; // closed since it was listed
        }
    }

    private static long residentKiB() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
