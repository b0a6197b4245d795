package dev.mayfly.scheduling;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What the scheduler costs a job from its submission to its end, as the functions become more and the queue longer. Each
 * job submits another one, of a function at random, so that the queue stays as long as it is and one thread does all: a
 * job's cost is one submission, one choice, one start and one end. Run by {@code ./mvnw -Pbenchmark -DskipTests verify}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms3g", "-Xmx3g", "-XX:+UseSerialGC"})
public class SchedulerBenchmark {

    private static final int JOBS = 10_000;

    @Param({"10", "100", "1000", "10000"})
    public int functions;

    @Param({"10000", "100000", "1000000"})
    public int queued;

    private final Semaphore start = new Semaphore(0);
    private final Semaphore done = new Semaphore(0);
    private final SplittableRandom random = new SplittableRandom(1);
    private Admission[] admissions = {};
    private Scheduler scheduler = scheduler();
    private int left;
    private volatile boolean over;

    private static Scheduler scheduler() {
        return new Scheduler(
                Limits.slots(1, 1).timeout(Duration.ofHours(1)).limits(),
                NanoClock.SYSTEM,
                Thread.ofPlatform().daemon().factory(),
                SchedulingObserver.NONE);
    }

    /** The first job waits for the start, and the queue is filled behind it. */
    @Setup
    public void fill() throws OverCapacityException, ShuttingDownException {
        scheduler = scheduler();
        admissions = new Admission[functions];
        for (int i = 0; i < functions; i++) {
            admissions[i] = new Admission("function-" + i, 1 + i % 1000, null, null, null);
        }
        for (int i = 0; i < queued; i++) {
            scheduler.submit(admissions[i % functions], new Successive());
        }
    }

    @Benchmark
    @OperationsPerInvocation(JOBS)
    public void job() throws InterruptedException {
        start.release();
        done.acquire();
    }

    @TearDown
    public void end() throws InterruptedException {
        over = true;
        start.release();
        scheduler.drain(Duration.ZERO);
    }

    private final class Successive implements Job {

        @Override
        public void run(Ticket ticket) {
            if (over) {
                return;
            }
            if (left == 0) {
                done.release();
                start.acquireUninterruptibly();
                left = JOBS;
            }
            left--;
            try {
                scheduler.submit(admissions[random.nextInt(functions)], new Successive());
            } catch (OverCapacityException | ShuttingDownException e) {
                // The benchmark is over.
            }
        }

        @Override
        public void drop(Drop why) {}

        @Override
        public void interrupt() {}
    }

    /** Measures, and prints what a waiting ticket takes of the heap. */
    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(SchedulerBenchmark.class.getName())
                        .build())
                .run();
        printMemoryOfATicket();
    }

    private static void printMemoryOfATicket() {
        int count = 1_000_000;
        QueueRig rig = new QueueRig(Limits.slots(1, 1).limits());
        Admission admission = Admission.of("function");
        RecordingJob job = RecordingJob.brief();
        long before = usedHeap();
        for (int i = 0; i < count; i++) {
            rig.add(admission, job);
        }
        System.out.printf(
                "%d bytes of heap for each of %,d waiting tickets%n", (usedHeap() - before) / count, rig.queue.size());
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
