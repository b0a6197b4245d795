package dev.mayfly.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.disk.FileLimits;
import dev.mayfly.disk.Layers;
import dev.mayfly.disk.Storage;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.EngineFixture;
import dev.mayfly.sandbox.EntryPoint;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.TestedEngine;
import dev.mayfly.testsupport.CapturedOutput;
import dev.mayfly.testsupport.Programs;
import dev.mayfly.wasi.Confinement;
import dev.mayfly.wasi.GuestInput;
import dev.mayfly.wasi.SystemCallPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reading from a disk in a guest beside the same program on the machine, in turns. What it reads must be the same; how
 * fast is printed only.
 */
@ParameterizedClass
@EnumSource(names = {"WASMTIME", "MICROVM"})
class DiskReadsIT {

    private static final int LARGE_MIB = Integer.getInteger("mayfly.disks.large-mib", 16);
    private static final String PIECES = String.valueOf(Integer.getInteger("mayfly.disks.pieces", 1000));
    private static final int ROUNDS = Integer.getInteger("mayfly.disks.rounds", 1);
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final InstanceLimits LIMITS = new InstanceLimits(4096, 100_000, 1 << 20);
    private static final List<List<String>> WAYS = List.of(
            List.of("clock", "1"),
            List.of("again", "1"),
            List.of("again", "4096"),
            List.of("again", "65536"),
            List.of("rand", "4096"),
            List.of("rand", "65536"),
            List.of("seq", "4096"),
            List.of("seq", "65536"),
            List.of("seq", "1048576"));

    private final TestedEngine on;

    DiskReadsIT(TestedEngine on) {
        this.on = on;
    }

    @Test
    void aGuestReadsWhatTheSameProgramReadsOnTheMachine(@TempDir Path work)
            throws IOException, DiskImageException, EngineException {
        try (EngineFixture engine = new EngineFixture(on.open());
                ExecutableModule program = engine.compile(Files.readAllBytes(Programs.reads()), LIMITS)) {
            LargeDisk large = LargeDisk.make(work, LARGE_MIB);
            Layers layers = new Layers(large.open(), List.of());
            for (int round = 0; round < ROUNDS; round++) {
                System.out.printf("%s: leaving a guest and back, in C: %s%n", on, exits());
                for (List<String> way : WAYS) {
                    String guest = guest(engine, program, layers, way);
                    String machine = machine(large.file(), way);
                    System.out.printf("%s %-16s %-80s machine %s", on, String.join(" ", way), guest.strip(), machine);
                    assertThat(sums(guest)).isEqualTo(sums(machine));
                }
            }
        }
    }

    private static String sums(String line) {
        String[] parts = line.split(",", -1);
        return parts[0] + parts[1];
    }

    private static String machine(Path file, List<String> way) throws IOException {
        return Programs.run(Programs.readsNative(), HERE, file.toString(), way.get(0), way.get(1), PIECES);
    }

    /** What an exit takes, in which no more is done than has to be. */
    private String exits() throws IOException {
        if (on != TestedEngine.MICROVM) {
            return "not tried";
        }
        double[] nanos = Programs.run(Programs.bareLoop(), HERE, "0", PIECES)
                .lines()
                .mapToDouble(Double::parseDouble)
                .sorted()
                .toArray();
        return "%.1f us, least %.1f".formatted(nanos[nanos.length / 2] / 1000, nanos[0] / 1000);
    }

    private static String guest(EngineFixture engine, ExecutableModule program, Layers layers, List<String> way) {
        CapturedOutput stdout = new CapturedOutput();
        List<String> arguments = List.of("program", "/large", way.get(0), way.get(1), PIECES);
        InstanceSpec spec = new InstanceSpec(
                new EntryPoint.Command(),
                arguments,
                Map.of(),
                GuestInput.empty(),
                stdout,
                new CapturedOutput(),
                new Confinement(SystemCallPolicy.ALLOW_ALL, FileLimits.DEFAULT, Storage.UNSHARED, layers));
        String ending = engine.run(program, spec, Interruption.after(Duration.ofMinutes(5)))
                .outcome()
                .toString();
        String text = new String(stdout.bytes(), StandardCharsets.UTF_8);
        assertThat(ending).as(text).isEqualTo("Exited[code=0]");
        return text;
    }
}
