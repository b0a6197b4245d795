package dev.mayfly.programs;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What memory this process has, in KiB.
 *
 * @param disk resident of mappings of one file
 * @param proportional of these: its share of pages that other processes have mapped too
 * @param copied of these: copies that are no longer the file's
 * @param anonymous resident of everything that is no file: the JVM's, and that of guests
 * @param heap of anonymous at most: what the JVM has for objects
 */
record ProcessMemory(long disk, long proportional, long copied, long anonymous, long heap) {

    private static final Pattern MAPPING = Pattern.compile("[0-9a-f]+-[0-9a-f]+ \\S+ \\S+ \\S+ \\S+ *(.*)");
    private static final Pattern FIELD = Pattern.compile("(Rss|Pss|Anonymous): +(\\d+) kB");

    /** As the kernel has it now. */
    static ProcessMemory now(Path file) throws IOException {
        long disk = 0;
        long proportional = 0;
        long copied = 0;
        long anonymous = 0;
        boolean ofFile = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            Matcher mapping = MAPPING.matcher(line);
            Matcher field = FIELD.matcher(line);
            if (mapping.matches()) {
                ofFile = mapping.group(1).equals(file.toString());
            } else if (field.matches()) {
                long kibibytes = Long.parseLong(field.group(2));
                switch (field.group(1)) {
                    case "Rss" -> disk += ofFile ? kibibytes : 0;
                    case "Pss" -> proportional += ofFile ? kibibytes : 0;
                    default -> {
                        copied += ofFile ? kibibytes : 0;
                        anonymous += ofFile ? 0 : kibibytes;
                    }
                }
            }
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted() >> 10;
        return new ProcessMemory(disk, proportional, copied, anonymous, heap);
    }

    @Override
    public String toString() {
        return "disk %d KiB resident, %d proportional, %d copied; anonymous %d KiB, heap up to %d"
                .formatted(disk, proportional, copied, anonymous, heap);
    }
}
