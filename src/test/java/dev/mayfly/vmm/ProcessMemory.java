package dev.mayfly.vmm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds, and what the system has left for all.
 *
 * @param descriptors open files
 * @param mappings ranges of its address space
 * @param residentKiB of the process's own memory
 * @param availableKiB of the system's memory, the kernel's own use deducted
 */
record ProcessMemory(long descriptors, long mappings, long residentKiB, long availableKiB) {

    static ProcessMemory now() throws IOException {
        System.gc();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"));
                Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
            return new ProcessMemory(
                    descriptors.count(),
                    mappings.count(),
                    kibibytes("/proc/self/status", "VmRSS:"),
                    kibibytes("/proc/meminfo", "MemAvailable:"));
        }
    }

    private static long kibibytes(String file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
