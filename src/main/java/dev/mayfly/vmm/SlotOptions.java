package dev.mayfly.vmm;

/**
 * How slots treat their machines.
 *
 * @param reuse whether a machine serves one instance after the other, wiped in between; otherwise each gets a new one
 * @param retainedBytes how much memory that instances wrote to a machine may keep between them, in bytes
 */
public record SlotOptions(boolean reuse, long retainedBytes) {

    /** Machines are reused and keep up to 16 MiB. */
    public static final SlotOptions DEFAULT = new SlotOptions(true, 16L << 20);

    public SlotOptions {
        if (retainedBytes < 0) {
            throw new IllegalArgumentException("a machine cannot keep " + retainedBytes + " bytes");
        }
    }
}
