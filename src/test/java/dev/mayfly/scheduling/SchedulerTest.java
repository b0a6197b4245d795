package dev.mayfly.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchedulerTest {

    private static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(10);
    private static final String GROUP = "group";

    private final AtomicLong now = new AtomicLong();
    private final List<RecordingJob> jobs = new ArrayList<>();
    private Scheduler scheduler = scheduler(2, 2, 3, 3);

    private Scheduler scheduler(int slots, int concurrency, int queue, int queuePerGroup) {
        return new Scheduler(
                Limits.slots(slots, concurrency)
                        .queue(queue, queuePerGroup)
                        .timeout(QUEUE_TIMEOUT)
                        .limits(),
                now::get,
                Thread.ofPlatform().daemon().name("slot-", 1).factory(),
                SchedulingObserver.NONE);
    }

    @AfterEach
    void endEverything() throws InterruptedException {
        jobs.forEach(RecordingJob::end);
        scheduler.drain(Duration.ofSeconds(10));
    }

    private RecordingJob job() {
        RecordingJob job = new RecordingJob();
        jobs.add(job);
        return job;
    }

    private RecordingJob start(String group) throws Exception {
        RecordingJob job = job();
        scheduler.submit(Admission.of(group), job);
        job.awaitStarted();
        return job;
    }

    @Test
    void asManyJobsRunAtOnceAsThereAreSlots() throws Exception {
        RecordingJob first = start(GROUP);
        start(GROUP);
        RecordingJob third = job();
        scheduler.submit(Admission.of(GROUP), third);

        assertThat(scheduler.slotsInUse()).isEqualTo(2);
        assertThat(scheduler.queueLength()).isEqualTo(1);
        assertThat(third.runs).hasValue(0);

        first.end();
        third.awaitStarted();
        assertThat(scheduler.queueLength()).isZero();
    }

    @Test
    void slotsHaveNamesAndAreUsedAgain() throws Exception {
        List<String> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RecordingJob job = RecordingJob.brief();
            scheduler.submit(Admission.of(GROUP), new Job() {
                @Override
                public void run(Ticket ticket) {
                    threads.add(Thread.currentThread().getName());
                    job.run(ticket);
                }

                @Override
                public void drop(Drop why) {}

                @Override
                public void interrupt() {}
            });
            job.awaitEnded();
            awaitIdle();
        }

        assertThat(threads).containsExactly("slot-1", "slot-1", "slot-1");
    }

    /** A job has ended a moment before its slot is idle. */
    private void awaitIdle() {
        while (scheduler.slotsInUse() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void oneGroupCannotTakeAllSlots() throws Exception {
        scheduler = scheduler(2, 1, 3, 3);
        start("greedy");
        RecordingJob second = job();
        scheduler.submit(Admission.of("greedy"), second);

        start("modest");
        assertThat(second.runs).hasValue(0);
    }

    @Test
    void aFullQueueRefusesAndSaysWhenToComeBack() throws Exception {
        scheduler = scheduler(1, 1, 2, 2);
        start("a");
        scheduler.submit(Admission.of("a"), job());
        scheduler.submit(Admission.of("b"), job());

        assertThatExceptionOfType(OverCapacityException.class)
                .isThrownBy(() -> scheduler.submit(Admission.of("c"), job()))
                .satisfies(refusal -> {
                    assertThat(refusal.limit()).isEqualTo("mayfly.scheduling.queue-capacity");
                    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(1));
                });
    }

    @Test
    void aGroupCannotFillTheQueue() throws Exception {
        scheduler = scheduler(1, 1, 3, 2);
        start("greedy");
        scheduler.submit(Admission.of("greedy"), job());
        scheduler.submit(Admission.of("greedy"), job());

        assertThatExceptionOfType(OverCapacityException.class)
                .isThrownBy(() -> scheduler.submit(Admission.of("greedy"), job()))
                .satisfies(refusal ->
                        assertThat(refusal.limit()).isEqualTo("mayfly.scheduling.queue-capacity-per-function"));
        scheduler.submit(Admission.of("modest"), job());
    }

    @Test
    void theTimeToComeBackFollowsFromHowLongJobsTake() throws Exception {
        scheduler = scheduler(1, 1, 2, 2);
        RecordingJob slow = start(GROUP);
        now.addAndGet(Duration.ofSeconds(4).toNanos());
        slow.end();
        slow.awaitEnded();
        awaitIdle();
        start(GROUP);
        scheduler.submit(Admission.of(GROUP), job());
        scheduler.submit(Admission.of(GROUP), job());

        assertThatExceptionOfType(OverCapacityException.class)
                .isThrownBy(() -> scheduler.submit(Admission.of(GROUP), job()))
                .satisfies(refusal -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(8)));
    }

    @Test
    void aJobThatWaitedTooLongIsDroppedWhenItsTurnComes() throws Exception {
        scheduler = scheduler(1, 1, 3, 3);
        RecordingJob first = start(GROUP);
        RecordingJob late = job();
        Ticket ticket = scheduler.submit(Admission.of(GROUP), late);

        now.addAndGet(QUEUE_TIMEOUT.toNanos());
        first.end();
        late.awaitEnded();

        assertThat(late.dropped).isEqualTo(Job.Drop.EXPIRED);
        assertThat(late.runs).hasValue(0);
        assertThat(ticket.state()).isEqualTo(Ticket.State.EXPIRED);
    }

    @Test
    void whoWaitsCanExpireAJobOnceItIsLate() throws Exception {
        scheduler = scheduler(1, 1, 3, 3);
        start(GROUP);
        RecordingJob late = job();
        Ticket ticket = scheduler.submit(Admission.of(GROUP), late);

        scheduler.expire(ticket);
        assertThat(ticket.state()).isEqualTo(Ticket.State.QUEUED);

        now.addAndGet(QUEUE_TIMEOUT.toNanos());
        assertThatExceptionOfType(OverCapacityException.class)
                .isThrownBy(() -> scheduler.expire(ticket))
                .satisfies(refusal -> assertThat(refusal.limit()).isEqualTo("mayfly.scheduling.queue-timeout"));
        assertThat(late.dropped).isNull();
        assertThat(scheduler.queueLength()).isZero();
    }

    @Test
    void aCancelledJobDoesNotRun() throws Exception {
        scheduler = scheduler(1, 1, 3, 3);
        RecordingJob first = start(GROUP);
        RecordingJob unwanted = job();
        Ticket ticket = scheduler.submit(Admission.of(GROUP), unwanted);

        assertThat(scheduler.cancel(ticket)).isTrue();
        assertThat(scheduler.cancel(ticket)).isFalse();
        first.end();
        start(GROUP);

        assertThat(unwanted.runs).hasValue(0);
        assertThat(ticket.state()).isEqualTo(Ticket.State.CANCELLED);
    }

    @Test
    void aRunningJobIsNotCancelled() throws Exception {
        RecordingJob job = job();
        Ticket ticket = scheduler.submit(Admission.of(GROUP), job);
        job.awaitStarted();

        assertThat(scheduler.cancel(ticket)).isFalse();
        assertThat(ticket.state()).isEqualTo(Ticket.State.RUNNING);
    }

    @Test
    void aSlotOutlivesAJobThatFails() throws Exception {
        scheduler = scheduler(1, 1, 3, 3);
        scheduler.submit(Admission.of(GROUP), new Job() {
            @Override
            public void run(Ticket ticket) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void drop(Drop why) {}

            @Override
            public void interrupt() {}
        });

        start(GROUP);
    }

    @Test
    void drainingLetsEverythingAdmittedEnd() throws Exception {
        scheduler = scheduler(1, 1, 3, 3);
        RecordingJob running = start(GROUP);
        RecordingJob waiting = RecordingJob.brief();
        scheduler.submit(Admission.of(GROUP), waiting);
        Thread ending = Thread.ofVirtual().start(running::end);

        assertThat(scheduler.drain(Duration.ofSeconds(20))).isTrue();
        ending.join();

        assertThat(waiting.runs).hasValue(1);
        assertThatExceptionOfType(ShuttingDownException.class)
                .isThrownBy(() -> scheduler.submit(Admission.of(GROUP), job()));
    }

    @Test
    void drainingInterruptsWhatDoesNotEndInTime() throws Exception {
        scheduler = scheduler(1, 1, 3, 3);
        RecordingJob running = start(GROUP);
        RecordingJob waiting = job();
        scheduler.submit(Admission.of(GROUP), waiting);

        assertThat(scheduler.drain(Duration.ZERO)).isFalse();

        running.awaitEnded();
        assertThat(waiting.dropped).isEqualTo(Job.Drop.SHUTDOWN);
        assertThat(waiting.runs).hasValue(0);
    }
}
