package dev.mayfly.sandbox.microvm;

import dev.mayfly.compiler.x64.CpuFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the processor can do. Guests run on it as it is, so that what counts is what the kernel found on it, and not what
 * KVM advises to tell guests: some versions of it advise less.
 *
 * @param flags the words for its features that Linux has
 */
record HostProcessor(Set<String> flags) {

    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    /** x86-64-v2, as far as compiled code uses it. */
    private static final List<String> REQUIRED = List.of("ssse3", "sse4_1", "sse4_2", "popcnt");

    static HostProcessor read() throws MicroVmUnavailableException {
        try (Stream<String> lines = Files.lines(CPUINFO)) {
            return parse(lines);
        } catch (IOException e) {
            throw new MicroVmUnavailableException("cannot find out what the processor can do", e);
        }
    }

    /** Reads the first processor's features out of {@code /proc/cpuinfo}. */
    static HostProcessor parse(Stream<String> lines) {
        return new HostProcessor(lines.filter(line -> line.startsWith("flags"))
                .findFirst()
                .map(line ->
                        Set.of(line.substring(line.indexOf(':') + 1).strip().split("\\s+")))
                .orElse(Set.of()));
    }

    /**
     * What the compiler may use.
     *
     * @throws MicroVmUnavailableException if the processor lacks what it needs
     */
    CpuFeatures features() throws MicroVmUnavailableException {
        for (String required : REQUIRED) {
            if (!flags.contains(required)) {
                throw new MicroVmUnavailableException("the micro-VM engine needs a processor with " + required
                        + ": use one of x86-64-v2, or have the outer hypervisor pass it through");
            }
        }
        boolean countZeros = flags.contains("abm") && flags.contains("bmi1");
        return new CpuFeatures(countZeros, flags.contains("bmi2"));
    }
}
