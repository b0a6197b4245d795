package dev.mayfly.scheduling;

import java.time.Duration;

/** Is told what happens to jobs. Called without any lock held, on the path of every job: must be quick. */
interface SchedulingObserver {

    /** Takes no notice. */
    SchedulingObserver NONE = new SchedulingObserver() {
        @Override
        public void started(Duration queueTime) {}

        @Override
        public void refused() {}

        @Override
        public void dropped() {}
    };

    /** A job got its slot. */
    void started(Duration queueTime);

    /** A job was not admitted. */
    void refused();

    /** An admitted job left the queue without having run, and not by its submitter's will. */
    void dropped();
}
