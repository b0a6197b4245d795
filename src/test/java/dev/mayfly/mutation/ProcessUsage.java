package dev.mayfly.mutation;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this process holds.
 *
 * @param threads platform threads
 * @param openFiles what descriptors point to, without jar files, which are opened when their first class is needed
 * @param heapMiB after a full collection
 * @param residentMiB of the whole process
 */
record ProcessUsage(int threads, List<String> openFiles, long heapMiB, long residentMiB) {

    private static final int MIB = 1 << 20;
    private static final String CLOSED_SINCE_LISTED = "";

    /** Now. Linux only: reads {@code /proc}. */
    static ProcessUsage now() throws IOException {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return new ProcessUsage(
                ManagementFactory.getThreadMXBean().getThreadCount(),
                targetsOfDescriptors(),
                memory.getHeapMemoryUsage().getUsed() / MIB,
                residentKiB() / 1024);
    }

    private static List<String> targetsOfDescriptors() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .map(ProcessUsage::target)
                    .filter(target -> !target.endsWith(".jar") && !target.equals(CLOSED_SINCE_LISTED))
                    .sorted()
                    .toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return CLOSED_SINCE_LISTED;
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

    @Override
    public String toString() {
        return threads + " threads, " + openFiles.size() + " open files, heap " + heapMiB + " MiB, resident "
                + residentMiB + " MiB";
    }
}
