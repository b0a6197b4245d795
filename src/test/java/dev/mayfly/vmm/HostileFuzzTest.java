package dev.mayfly.vmm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.kvm.RequiresKvm;
import dev.mayfly.nativeaccess.RequiresLinux;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Machine code at random: each program comes to a clear end, and leaves no trace in memory or in any register for the
 * next instance in its slot.
 *
 * <p>The number of programs is {@code -Dmayfly.hostile.programs=1000000}, the seed {@code -Dmayfly.hostile.seed=1}, how
 * often each opcode is tried {@code -Dmayfly.hostile.variants=100}.
 */
@RequiresLinux
@RequiresKvm
class HostileFuzzTest {

    private static final int PROGRAMS = Integer.getInteger("mayfly.hostile.programs", 500);
    private static final int VARIANTS = Integer.getInteger("mayfly.hostile.variants", 1);
    private static final long SEED = Long.getLong("mayfly.hostile.seed", 20_261_122);
    private static final int REPORT_EVERY = 20_000;

    /** What one image has room for. */
    private static final int BATCH = 0x2000 / 64;

    private final Map<String, Integer> ends = new TreeMap<>();
    private int programs;

    @Test
    void everyInstructionComesToAClearEnd() throws Exception {
        runAll(new HostilePrograms(SEED).instructions(VARIANTS));
        assertThat(ends).containsKeys("Exited", "EXCEPTION", "PORT");
    }

    @Test
    void randomProgramsComeToAClearEnd() throws Exception {
        HostilePrograms random = new HostilePrograms(SEED);
        for (int done = 0; done < PROGRAMS; done += BATCH) {
            List<String> batch = new ArrayList<>();
            while (batch.size() < BATCH) {
                batch.add(random.next());
            }
            runAll(batch);
        }
        assertThat(ends).containsKeys("Exited", "EXCEPTION", "Trapped");
    }

    private void runAll(List<String> all) throws Exception {
        StateDump dump = StateDump.complete();
        try (Watchdog watchdog = new Watchdog()) {
            for (int start = 0; start < all.size(); start += BATCH) {
                List<String> batch = all.subList(start, Math.min(all.size(), start + BATCH));
                try (TestGuest guest = TestGuest.of(dump.code(), placed(batch), SlotOptions.DEFAULT)) {
                    runBatch(guest, watchdog, dump, batch);
                }
            }
        }
    }

    @AfterEach
    void report() {
        System.out.printf("%d hostile programs of seed %d: %s%n", programs, SEED, ends);
    }

    private static String placed(List<String> batch) {
        StringBuilder code = new StringBuilder();
        for (String program : batch) {
            code.append(program).append("cc".repeat(64 - program.length() / 2));
        }
        return code.toString();
    }

    private void runBatch(TestGuest guest, Watchdog watchdog, StateDump dump, List<String> batch) throws VmmException {
        byte[] fresh = dump.take(guest);
        for (int i = 0; i < batch.size(); i++) {
            try {
                count(run(guest, watchdog, TestGuest.OTHER + 64L * i));
                assertThat(dump.difference(fresh, dump.take(guest))).isEmpty();
            } catch (AssertionError | RuntimeException | VmmException e) {
                throw new AssertionError("program " + batch.get(i), e);
            }
        }
    }

    private static Ending run(TestGuest guest, Watchdog watchdog, long entry) throws VmmException {
        try (Prepared instance = guest.slot.prepare(guest.image)) {
            watchdog.watch(instance);
            return instance.run(entry, TestGuest.Calls.IGNORED).ending();
        }
    }

    private void count(Ending ending) {
        String end = ending instanceof Ending.Violation violation
                ? violation.kind().name()
                : ending.getClass().getSimpleName();
        ends.merge(end, 1, Integer::sum);
        if (++programs % REPORT_EVERY == 0) {
            System.out.printf("%d hostile programs of seed %d: %s%n", programs, SEED, ends);
        }
    }
}
