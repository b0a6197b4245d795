package dev.mayfly.nativeaccess;

import java.lang.foreign.MemoryLayout;

/**
 * A request of {@code ioctl}, whose number says in which direction data goes and how large it is.
 *
 * @param name as the kernel's headers call it
 * @param number as {@code asm-generic/ioctl.h} composes it
 */
public record Ioctl(String name, int number) {

    private static final int WRITE = 1;
    private static final int READ = 2;
    private static final int SIZE_SHIFT = 16;
    private static final int SIZE_MASK = (1 << 14) - 1;
    private static final int DIRECTION_SHIFT = 30;

    /** A request without data: {@code _IO}. */
    public static Ioctl none(String name, int type, int command) {
        return of(name, 0, type, command, 0);
    }

    /** A request that the kernel answers with a structure: {@code _IOR}. */
    public static Ioctl read(String name, int type, int command, MemoryLayout data) {
        return of(name, READ, type, command, data.byteSize());
    }

    /** A request that gives the kernel a structure: {@code _IOW}. */
    public static Ioctl write(String name, int type, int command, MemoryLayout data) {
        return of(name, WRITE, type, command, data.byteSize());
    }

    /** A request that gives the kernel a structure to change: {@code _IOWR}. */
    public static Ioctl readWrite(String name, int type, int command, MemoryLayout data) {
        return of(name, READ | WRITE, type, command, data.byteSize());
    }

    private static Ioctl of(String name, int direction, int type, int command, long size) {
        if (size > SIZE_MASK) {
            throw new IllegalArgumentException(name + " has " + size + " bytes of data, more than a request can state");
        }
        return new Ioctl(name, direction << DIRECTION_SHIFT | (int) size << SIZE_SHIFT | type << 8 | command);
    }

    /** How many bytes the kernel reads or writes, not counting an array that may follow them. */
    public int dataBytes() {
        return number >>> SIZE_SHIFT & SIZE_MASK;
    }
}
