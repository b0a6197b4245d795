package dev.mayfly.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.disk.FileLimits;
import dev.mayfly.disk.Layers;
import dev.mayfly.disk.Storage;
import dev.mayfly.sandbox.EngineFixture;
import dev.mayfly.sandbox.EntryPoint;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.TestedEngine;
import dev.mayfly.testsupport.CapturedOutput;
import dev.mayfly.testsupport.Programs;
import dev.mayfly.wasi.Confinement;
import dev.mayfly.wasi.GuestInput;
import dev.mayfly.wasi.SystemCallPolicy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk takes its memory once, however many live instances have read all of it. */
@ParameterizedClass
@EnumSource(names = {"WASMTIME", "MICROVM"})
class DiskMemoryIT {

    private static final int INSTANCES = Integer.getInteger("mayfly.disks.instances", 50);
    private static final int LARGE_MIB = Integer.getInteger("mayfly.disks.large-mib", 32);
    private static final InstanceLimits LIMITS = new InstanceLimits(256, 100_000, 1 << 20);

    private final TestedEngine on;

    DiskMemoryIT(TestedEngine on) {
        this.on = on;
    }

    @Test
    void aDiskTakesItsMemoryOnceForAllInstances(@TempDir Path work) throws Exception {
        try (EngineFixture engine = new EngineFixture(on.open());
                ExecutableModule program = engine.compile(Files.readAllBytes(Programs.reads()), LIMITS)) {
            LargeDisk large = LargeDisk.make(work, LARGE_MIB);
            Layers layers = new Layers(large.open(), List.of());
            ProcessMemory.forget(large.disk());
            show("before", large);
            live(engine, program, layers, large, 1, "wait");
            ProcessMemory one = live(engine, program, layers, large, 1, "wait");
            ProcessMemory holding = live(engine, program, layers, large, INSTANCES, "hold");
            ProcessMemory reading = live(engine, program, layers, large, INSTANCES, "wait");

            long grown = reading.anonymous() - holding.anonymous();
            System.out.printf(
                    "%s: for each of %d instances: %d KiB without reading, %d KiB more when it has read %d MiB%n",
                    on, INSTANCES, (holding.anonymous() - one.anonymous()) / INSTANCES, grown / INSTANCES, LARGE_MIB);
            assertThat(grown - Math.max(0, reading.heap() - holding.heap()))
                    .as("KiB of the process for all")
                    .isLessThan(INSTANCES * 2048L);
        }
    }

    /** The memory while so many instances are alive that have done what they do with the disk. */
    private ProcessMemory live(
            EngineFixture engine, ExecutableModule program, Layers layers, LargeDisk large, int count, String how)
            throws Exception {
        Gate gate = new Gate(count);
        List<Future<Execution>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            running.add(engine.start(program, spec(layers, gate, how), Interruption.after(Duration.ofMinutes(9))));
        }
        assertThat(gate.reading.await(9, TimeUnit.MINUTES)).isTrue();
        ProcessMemory memory = show(count + " alive, " + how, large);
        gate.open.countDown();
        for (Future<Execution> instance : running) {
            assertThat(instance.get().outcome().toString()).isEqualTo("Exited[code=0]");
        }
        return memory;
    }

    private ProcessMemory show(String what, LargeDisk large) throws Exception {
        System.gc();
        ProcessMemory memory = ProcessMemory.now(large.disk());
        System.out.printf("%s, %s: %s%n", on, what, memory);
        return memory;
    }

    private static InstanceSpec spec(Layers layers, GuestInput stdin, String how) {
        return new InstanceSpec(
                new EntryPoint.Command(),
                List.of("program", "/large", how),
                Map.of(),
                stdin,
                new CapturedOutput(),
                new CapturedOutput(),
                new Confinement(SystemCallPolicy.ALLOW_ALL, FileLimits.DEFAULT, Storage.UNSHARED, layers));
    }

    /** An input whose readers are counted and then wait. */
    private static final class Gate implements GuestInput {

        private final CountDownLatch reading;
        private final CountDownLatch open = new CountDownLatch(1);
        private final ThreadLocal<Boolean> counted = new ThreadLocal<>();

        Gate(int readers) {
            reading = new CountDownLatch(readers);
        }

        @Override
        public int read(ByteBuffer target, Duration patience) {
            if (counted.get() == null) {
                counted.set(true);
                reading.countDown();
            }
            try {
                return open.await(patience.toMillis(), TimeUnit.MILLISECONDS) ? -1 : 0;
            } catch (InterruptedException e) {
                return -1;
            }
        }
    }
}
