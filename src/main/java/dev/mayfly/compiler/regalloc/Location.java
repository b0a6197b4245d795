package dev.mayfly.compiler.regalloc;

/** Where a value is, as a number: a physical register from 0, or a spill slot, which is negative. */
public final class Location {

    /** Numbers below it are physical registers. */
    public static final int FIRST_VIRTUAL = 32;

    static final int NONE = Integer.MIN_VALUE;

    private Location() {}

    public static int ofSlot(int slot) {
        return -1 - slot;
    }

    public static boolean isSlot(int location) {
        return location < 0;
    }

    /** The number of the spill slot, from 0. */
    public static int slot(int location) {
        return -1 - location;
    }
}
