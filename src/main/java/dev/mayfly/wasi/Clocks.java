package dev.mayfly.wasi;

/** The clocks that a guest can read, in nanoseconds. Called by the instance's thread only. */
public interface Clocks {

    /** Wall-clock time since 1970-01-01T00:00:00Z. */
    long realtime();

    /** A time that never goes back; only differences mean something, but it is positive. */
    long monotonic();

    /** Processor time used by the instance. */
    long cpuTime();
}
