package dev.mayfly.sandbox;

/** A compiled module. Thread-safe: any number of instances may run at once, one per calling thread. */
public interface ExecutableModule extends AutoCloseable {

    /** The name of the engine that runs it. */
    String engine();

    /** About how many bytes of memory, on and off heap, this holds for as long as it is open. */
    long weight();

    /**
     * Makes a fresh instance, runs it to its end on the calling thread, and drops it.
     *
     * @param invocation what to run
     * @param interruption ends the instance early: its deadline, or a cancel from another thread
     * @throws EngineException if the engine failed; whatever the guest does is an {@link Outcome} instead
     * @throws IllegalArgumentException if the module has no such entry point, or it takes other arguments
     * @throws IllegalStateException if this is closed, or the calling thread is no {@link InstanceThread}
     */
    Execution run(InstanceSpec invocation, Interruption interruption) throws EngineException;

    /** Frees the code once the last running instance has ended. Idempotent. */
    @Override
    void close();
}
