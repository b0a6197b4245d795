package dev.mayfly.sandbox.microvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.kvm.RequiresKvm;
import dev.mayfly.sandbox.EngineFixture;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.testsupport.CapturedOutput;
import dev.mayfly.testsupport.SilentInput;
import dev.mayfly.vmm.SlotOptions;
import dev.mayfly.wasi.GuestInput;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which machines are kept for the next instance. */
@RequiresKvm
class MachinesTest {

    private static final String READ = """
            (module
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "_start")
                (i32.store (i32.const 4) (i32.const 1))
                (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))))
            """;

    private static final Duration LONG = Duration.ofHours(1);

    private static MicroVmEngine engine(boolean reuse, int idleMachines, Duration idleTimeout) throws Exception {
        SlotOptions slots = new SlotOptions(reuse, 1 << 20);
        return MicroVmEngine.create(
                new MicroVmSettings(slots, idleMachines, idleTimeout, 1, Optional.empty()), InstantSource.system());
    }

    @Test
    void aMachineWaitsForTheNextInstanceOfItsModule() throws Exception {
        MicroVmEngine engine = engine(true, 8, LONG);
        try (EngineFixture fixture = new EngineFixture(engine);
                ExecutableModule one = fixture.compile(READ)) {
            try (ExecutableModule other = fixture.compile(READ)) {
                List<Integer> idle = fixture.onInstanceThread(() -> {
                    List<Integer> counts = new ArrayList<>();
                    for (ExecutableModule module : List.of(one, one, other, one, other)) {
                        module.run(
                                EngineFixture.command(GuestInput.empty(), new CapturedOutput()),
                                Interruption.after(LONG));
                        counts.add(engine.idleMachines());
                    }
                    return counts;
                });
                assertThat(idle).containsExactly(1, 1, 2, 2, 2);
            }
            assertThat(engine.idleMachines()).isEqualTo(1);
        }
    }

    @Test
    void noMoreWaitThanAreWanted() throws Exception {
        MicroVmEngine engine = engine(true, 2, LONG);
        try (EngineFixture fixture = new EngineFixture(engine);
                ExecutableModule module = fixture.compile(READ)) {
            List<Future<Execution>> running = new ArrayList<>();
            List<Interruption> interruptions = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                SilentInput stdin = new SilentInput();
                Interruption interruption = Interruption.after(LONG);
                running.add(fixture.start(module, EngineFixture.command(stdin, new CapturedOutput()), interruption));
                interruptions.add(interruption);
                stdin.awaitReader();
            }
            assertThat(engine.machinesInUse()).isEqualTo(4);
            interruptions.forEach(interruption -> interruption.interrupt(Interruption.Reason.CANCELLED));
            for (Future<Execution> each : running) {
                assertThat(each.get().outcome()).isEqualTo(new Outcome.Interrupted(Interruption.Reason.CANCELLED));
            }
            assertThat(engine.machinesInUse()).isZero();
            assertThat(engine.idleMachines()).isEqualTo(2);
        }
    }

    @Test
    void noneWaitsForLong() throws Exception {
        MicroVmEngine engine = engine(true, 8, Duration.ofMillis(20));
        try (EngineFixture fixture = new EngineFixture(engine);
                ExecutableModule module = fixture.compile(READ)) {
            run(fixture, module);
            long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (engine.idleMachines() > 0 && System.nanoTime() < patience) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(engine.idleMachines()).isZero();
            run(fixture, module);
        }
    }

    @Test
    void aModuleCanBeClosedWhileItsMachinesAreGivenBack() throws Exception {
        MicroVmEngine engine = engine(true, 8, Duration.ofMillis(1));
        try (EngineFixture fixture = new EngineFixture(engine)) {
            for (int round = 0; round < 50; round++) {
                try (ExecutableModule module = fixture.compile(READ)) {
                    run(fixture, module);
                    while (engine.idleMachines() > 0) {
                        Thread.onSpinWait();
                    }
                }
            }
        }
    }

    @Test
    void noneWaitsIfEachInstanceGetsANewOne() throws Exception {
        MicroVmEngine engine = engine(false, 8, LONG);
        try (EngineFixture fixture = new EngineFixture(engine);
                ExecutableModule module = fixture.compile(READ)) {
            run(fixture, module);
            assertThat(engine.idleMachines()).isZero();
        }
    }

    private static void run(EngineFixture fixture, ExecutableModule module) throws Exception {
        Outcome outcome = fixture.run(
                        module,
                        EngineFixture.command(GuestInput.empty(), new CapturedOutput()),
                        Interruption.after(Duration.ofMinutes(1)))
                .outcome();
        assertThat(outcome).isEqualTo(new Outcome.Exited(0));
    }
}
