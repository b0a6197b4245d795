package dev.mayfly.disk;

/**
 * Where the memory for files comes from: what one instance may use of what all of them share. Called by the instance's
 * thread only; who made it takes everything back when the instance has ended.
 */
public interface Storage {

    /** As much as the instance's own limits allow. */
    Storage UNSHARED = new Storage() {
        @Override
        public boolean take(long bytes) {
            return true;
        }

        @Override
        public void give(long bytes) {}
    };

    /**
     * Takes memory into use.
     *
     * @return false if there is not as much
     */
    boolean take(long bytes);

    /** Gives back memory that was taken before. */
    void give(long bytes);
}
