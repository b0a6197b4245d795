package dev.mayfly.scheduling;

/** A clock for measuring elapsed time; unrelated to the time of day. */
@FunctionalInterface
public interface NanoClock {

    /** The clock of the machine. */
    NanoClock SYSTEM = System::nanoTime;

    /** A moment in nanoseconds. Only differences mean something, and they may overflow: compare with subtraction. */
    long nanoTime();
}
