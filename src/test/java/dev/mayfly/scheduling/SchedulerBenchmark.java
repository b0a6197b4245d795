package dev.mayfly.scheduling;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;

/**
 * What the scheduler costs a job from its submission to its end, as functions become more and the queue longer. Each
 * job submits another one, of a function at random, so that the queue stays as long as it is and one thread does all: a
 * job is one submission, one choice, one start and one end. Measured is that thread's processor time, which other work of
 * the machine disturbs least, without the collector's; the cases are taken in turns, and the fastest of each counts. Run by
 * {@code ./mvnw -Pbenchmark -DskipTests verify}. An argument changes the number of rounds.
 */
public final class SchedulerBenchmark {

    private static final int[] FUNCTIONS = {10, 100, 1_000, 10_000};
    private static final int[] QUEUED = {10_000, 100_000, 1_000_000};
    private static final int WARM_UP = 200_000;
    private static final int JOBS = 300_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private SchedulerBenchmark() {}

    /** Measures, and prints a table. */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        printMemoryOfATicket();
        new Case(100, 100_000).measure();
        double[][] fastest = new double[FUNCTIONS.length][QUEUED.length];
        Arrays.stream(fastest).forEach(row -> Arrays.fill(row, Double.MAX_VALUE));
        for (int round = 0; round < rounds; round++) {
            for (int f = 0; f < FUNCTIONS.length; f++) {
                for (int q = 0; q < QUEUED.length; q++) {
                    fastest[f][q] = Math.min(fastest[f][q], new Case(FUNCTIONS[f], QUEUED[q]).measure());
                }
            }
        }
        print(fastest);
    }

    private static void print(double[][] nanos) {
        System.out.println("ns of processor time for a job, by functions (rows) and waiting tickets (columns)");
        System.out.printf("| | %,d | %,d | %,d |%n", QUEUED[0], QUEUED[1], QUEUED[2]);
        for (int f = 0; f < FUNCTIONS.length; f++) {
            System.out.printf("| %,d | %.0f | %.0f | %.0f |%n", FUNCTIONS[f], nanos[f][0], nanos[f][1], nanos[f][2]);
        }
    }

    /** A scheduler with one slot and a queue that stays full. */
    private static final class Case {

        private final Semaphore done = new Semaphore(0);
        private final SplittableRandom random = new SplittableRandom(1);
        private final Admission[] admissions;
        private final int queued;
        private final Scheduler scheduler = new Scheduler(
                Limits.slots(1, 1).timeout(Duration.ofHours(1)).limits(),
                NanoClock.SYSTEM,
                Thread.ofPlatform().daemon().factory(),
                SchedulingObserver.NONE);
        private int ran;
        private long begin;
        private volatile long nanos;

        Case(int functions, int queued) {
            this.queued = queued;
            this.admissions = new Admission[functions];
            for (int i = 0; i < functions; i++) {
                admissions[i] = new Admission("function-" + i, 1 + i % 1000, null, null, null);
            }
        }

        /** In nanoseconds for each job. */
        double measure() throws OverCapacityException, ShuttingDownException, InterruptedException {
            Semaphore full = new Semaphore(0);
            scheduler.submit(admissions[0], new First(full));
            for (int i = 0; i < queued; i++) {
                scheduler.submit(admissions[i % admissions.length], new Successive());
            }
            full.release();
            done.acquire();
            scheduler.drain(Duration.ZERO);
            return (double) nanos / JOBS;
        }

        private void next() {
            ran++;
            if (ran == WARM_UP) {
                begin = THREADS.getCurrentThreadCpuTime();
            } else if (ran == WARM_UP + JOBS) {
                nanos = THREADS.getCurrentThreadCpuTime() - begin;
                done.release();
            }
            if (ran < WARM_UP + JOBS) {
                submitNext();
            }
        }

        private void submitNext() {
            try {
                scheduler.submit(admissions[random.nextInt(admissions.length)], new Successive());
            } catch (OverCapacityException | ShuttingDownException e) {
                throw new IllegalStateException(e);
            }
        }

        private static final class First implements Job {

            private final Semaphore full;

            First(Semaphore full) {
                this.full = full;
            }

            @Override
            public void run(Ticket ticket) {
                full.acquireUninterruptibly();
            }

            @Override
            public void drop(Drop why) {}

            @Override
            public void interrupt() {}
        }

        private final class Successive implements Job {

            @Override
            public void run(Ticket ticket) {
                next();
            }

            @Override
            public void drop(Drop why) {}

            @Override
            public void interrupt() {}
        }
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
