package dev.mayfly.kvm;

import org.jspecify.annotations.Nullable;

/** The writes to ports that a guest made last: most guests make the same few over and over, and each needs but one object. */
final class PortWrites {

    private static final int REMEMBERED = 64;

    private final VmExit.@Nullable PortWrite[] recent = new VmExit.PortWrite[REMEMBERED];

    VmExit.PortWrite of(int port, int size, int count, int value) {
        int index = value & REMEMBERED - 1;
        VmExit.PortWrite last = recent[index];
        if (last != null
                && last.value() == value
                && last.port() == port
                && last.size() == size
                && last.count() == count) {
            return last;
        }
        VmExit.PortWrite write = new VmExit.PortWrite(port, size, count, value);
        recent[index] = write;
        return write;
    }
}
