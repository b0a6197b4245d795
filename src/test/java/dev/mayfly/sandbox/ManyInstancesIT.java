package dev.mayfly.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.kvm.RequiresKvm;
import dev.mayfly.testsupport.CapturedOutput;
import dev.mayfly.testsupport.SilentInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A thousand instances of one function alive at once, each in its own machine and in the middle of a system call. */
@RequiresKvm
class ManyInstancesIT {

    private static final int INSTANCES = 1000;

    /** What each may take of the process's memory at most: the machine's tables, a stack of Java, pages it wrote. */
    private static final long BYTES_PER_INSTANCE = 1 << 20;

    @Test
    void aThousandInstancesLiveAtOnce() throws Exception {
        try (EngineFixture engine = new EngineFixture(TestedEngine.MICROVM.open());
                ExecutableModule echo = engine.compile(EngineTest.ECHO)) {
            long before = residentBytes();
            List<Future<Execution>> running = new ArrayList<>();
            List<Interruption> interruptions = new ArrayList<>();
            for (int i = 0; i < INSTANCES; i++) {
                SilentInput stdin = new SilentInput();
                Interruption interruption = Interruption.after(Duration.ofMinutes(10));
                running.add(engine.start(echo, EngineFixture.command(stdin, new CapturedOutput()), interruption));
                interruptions.add(interruption);
                stdin.awaitReader();
            }
            assertThat(running).noneMatch(Future::isDone);
            long each = (residentBytes() - before) / INSTANCES;
            System.getLogger(ManyInstancesIT.class.getName())
                    .log(System.Logger.Level.INFO, "{0} KiB of this process for an instance", each / 1024);
            assertThat(each).isLessThan(BYTES_PER_INSTANCE);
            for (int i = 0; i < INSTANCES; i++) {
                interruptions.get(i).interrupt(Interruption.Reason.CANCELLED);
                assertThat(running.get(i).get().outcome())
                        .isEqualTo(new Outcome.Interrupted(Interruption.Reason.CANCELLED));
            }
        }
    }

    private static long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
