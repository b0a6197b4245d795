package dev.mayfly.sandbox;

import java.util.function.BooleanSupplier;

/**
 * What an instance gives up while it waits in a system call, so that another may compute. Called by the instance's thread.
 */
public interface Standby {

    /** Gives nothing up. */
    Standby NONE = new Standby() {
        @Override
        public void begin() {}

        @Override
        public void end(BooleanSupplier hopeless) {}
    };

    /** It waits. Called again, without effect, while it goes on waiting. */
    void begin();

    /**
     * It has waited; returns when it may compute again.
     *
     * @param hopeless whether it must end, so that there is nothing left to wait for; cheap, and asked under a lock
     */
    void end(BooleanSupplier hopeless);
}
