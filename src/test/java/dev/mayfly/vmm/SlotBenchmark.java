package dev.mayfly.vmm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What an instance costs that does next to nothing: from preparing it to the slot being ready for the next one. Measured
 * in turns with a loop in C that does the least that is possible, so that the ratio means something on a machine where
 * the figures themselves do not. Needs {@code cc}. Run from the project's folder:
 *
 * <pre>
 * ./mvnw test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="--enable-native-access=ALL-UNNAMED -cp %classpath dev.mayfly.vmm.SlotBenchmark"
 * </pre>
 */
public final class SlotBenchmark {

    private static final int ROUNDS = 1000;
    private static final int TURNS = 20;
    private static final int WARM_UP_TURNS = 10;
    private static final int MANY = 1000;
    private static final int MEMORY_BYTES = 16 << 20;

    private SlotBenchmark() {}

    /** Prints what it measures, in microseconds. */
    public static void main(String[] arguments) throws Exception {
        Path program = compile();
        System.out.println(
                "start to exit to ready again     us: p50      p99   | C: p50      p99   | ratio of p50, p99");
        for (int pages : new int[] {1, 8, 64, 512}) {
            compare(program, pages);
        }
        neverReused();
        outOfBounds();
        many();
    }

    private static Path compile() throws IOException, InterruptedException {
        Path program = Files.createTempFile("bare_loop", "");
        program.toFile().deleteOnExit();
        String[] command = {"cc", "-O2", "-w", "-D_GNU_SOURCE", "-o", program.toString(), "src/test/c/bare_loop.c"};
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("the loop in C does not compile");
        }
        return program;
    }

    private static void compare(Path program, int pages) throws Exception {
        long[] ours = new long[ROUNDS * TURNS];
        long[] theirs = new long[ROUNDS * TURNS];
        Process process = new ProcessBuilder(program.toString(), Integer.toString(pages))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (PrintWriter requests = new PrintWriter(process.getOutputStream(), true, StandardCharsets.US_ASCII);
                BufferedReader answers = process.inputReader(StandardCharsets.US_ASCII);
                TestGuest guest = TestGuest.of(imageTouching(pages), SlotOptions.DEFAULT)) {
            for (int turn = -WARM_UP_TURNS; turn < TURNS; turn++) {
                int at = Math.max(turn, 0) * ROUNDS;
                requests.println(ROUNDS);
                for (int i = 0; i < ROUNDS; i++) {
                    theirs[at + i] = Long.parseLong(answers.readLine());
                }
                for (int i = 0; i < ROUNDS; i++) {
                    ours[at + i] = time(guest);
                }
            }
        }
        process.waitFor();
        Arrays.sort(ours);
        Arrays.sort(theirs);
        System.out.printf(
                Locale.ROOT,
                "%4d pages written               %10.1f %8.1f   | %7.1f %8.1f   | %.2f  %.2f%n",
                pages,
                at(ours, 0.5),
                at(ours, 0.99),
                at(theirs, 0.5),
                at(theirs, 0.99),
                at(ours, 0.5) / at(theirs, 0.5),
                at(ours, 0.99) / at(theirs, 0.99));
    }

    /** {@code mov ecx, pages; xor edx, edx; l: mov [rdx], ecx; add edx, 4096; dec ecx; jnz l; ret}. */
    private static GuestImage imageTouching(int pages) {
        String code = "b9" + "%08x".formatted(Integer.reverseBytes(pages)) + "31d2" + "890a" + "81c200100000" + "ffc9"
                + "75f4" + "c3";
        GuestImage image = TestGuest.image(code, "");
        byte[] content = TestGuest.filled(MEMORY_BYTES, (byte) 0x5A);
        LinearMemory memory = new LinearMemory(MEMORY_BYTES, 16L * MEMORY_BYTES, MemorySegment.ofArray(content));
        return new GuestImage(image.regions(), image.context(), image.stackBytes(), memory, image.memoryAccesses());
    }

    private static long time(TestGuest guest) throws VmmException {
        long start = System.nanoTime();
        Ending ending = guest.run();
        long end = System.nanoTime();
        if (!ending.equals(new Ending.Exited())) {
            throw new IllegalStateException(ending.toString());
        }
        return end - start;
    }

    private static double at(long[] sorted, double quantile) {
        return sorted[(int) (sorted.length * quantile)] / 1000.0;
    }

    private static void neverReused() throws Exception {
        try (TestGuest guest = TestGuest.of("c3", new SlotOptions(false, 0))) {
            long[] times = new long[300];
            for (int i = 0; i < times.length; i++) {
                times[i] = time(guest);
            }
            report("a new machine for each instance", times);
        }
    }

    private static void outOfBounds() throws Exception {
        try (TestGuest guest = TestGuest.of("b800000020" + "8b00")) {
            long[] times = new long[2000];
            for (int i = 0; i < times.length; i++) {
                long start = System.nanoTime();
                guest.run();
                times[i] = System.nanoTime() - start;
            }
            report("an instance that traps out of bounds", times);
        }
    }

    private static void report(String what, long[] times) {
        Arrays.sort(times);
        System.out.printf(Locale.ROOT, "%s: p50 %.1f us, p99 %.1f us%n", what, at(times, 0.5), at(times, 0.99));
    }

    private static void many() throws Exception {
        try (Hypervisor hypervisor = Hypervisor.open(TestGuest.linux());
                LoadedImage image = hypervisor.load(imageTouching(8))) {
            List<Slot> slots = new ArrayList<>();
            long before = availableKilobytes();
            for (int live : new int[] {10, 100, MANY}) {
                long start = System.nanoTime();
                int added = live - slots.size();
                while (slots.size() < live) {
                    Slot slot = hypervisor.openSlot(SlotOptions.DEFAULT);
                    slots.add(slot);
                    run(slot, image);
                }
                double creation = (System.nanoTime() - start) / 1000.0 / added;
                System.out.printf(
                        Locale.ROOT,
                        "%d live machines: %.0f us to make and run each, %d KiB each; run again %.1f us, grow and shrink"
                                + " %.1f us%n",
                        live,
                        creation,
                        (before - availableKilobytes()) / live,
                        runAgain(slots, image),
                        growAndShrink(slots));
            }
            long start = System.nanoTime();
            slots.forEach(Slot::close);
            System.out.printf(Locale.ROOT, "%.0f us to end each%n", (System.nanoTime() - start) / 1000.0 / MANY);
        }
    }

    private static double runAgain(List<Slot> slots, LoadedImage image) throws VmmException {
        for (Slot slot : slots) {
            run(slot, image); // the first reset is still to find what is written
        }
        long start = System.nanoTime();
        for (Slot slot : slots) {
            run(slot, image);
        }
        return (System.nanoTime() - start) / 1000.0 / slots.size();
    }

    private static void run(Slot slot, LoadedImage image) throws VmmException {
        try (Prepared instance = slot.prepare(image)) {
            instance.run(TestGuest.CODE, TestGuest.Calls.NONE);
        }
    }

    private static double growAndShrink(List<Slot> slots) throws Exception {
        try (var memory = TestGuest.linux().reserve(1 << 20, "test")) {
            long start = System.nanoTime();
            for (int i = 0; i < slots.size(); i++) {
                memory.resize(1 << 20);
                memory.resize(1 << 16);
            }
            return (System.nanoTime() - start) / 1000.0 / slots.size();
        }
    }

    private static long availableKilobytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
            if (line.startsWith("MemAvailable:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IllegalStateException("no MemAvailable");
    }
}
