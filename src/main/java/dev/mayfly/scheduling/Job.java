package dev.mayfly.scheduling;

/** Something to run in a slot. Exactly one of {@link #run} and {@link #drop} is called, once, unless the job's ticket is cancelled. */
public interface Job {

    /** Does the work, on the slot's thread, to its end. */
    void run(Ticket ticket);

    /** The job has left the queue and will not run. */
    void drop(Drop why);

    /** The platform is shutting down and waits no longer: the running job is to end soon. Called by another thread. */
    void interrupt();

    /** Why a queued job will not run. */
    enum Drop {
        /** It waited for as long as it may. */
        EXPIRED,
        /** The platform shut down first. */
        SHUTDOWN,
        /** There is nobody to run it. */
        NO_WORKERS,
        /** Nobody has room for what it needs. */
        NO_ROOM
    }
}
