package dev.mayfly.cluster;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The boundary to the other side: whatever cannot be made of what it sent is its fault, not ours. */
final class Checked {

    private Checked() {}

    /**
     * Makes a value of what was received.
     *
     * @throws ProtocolException if it cannot be made
     */
    static <T> T value(Supplier<T> make) throws ProtocolException {
        try {
            return make.get();
        } catch (IllegalArgumentException | JacksonException e) {
            throw new ProtocolException("not what the protocol says", e);
        }
    }

    /** A member that must be there. */
    static <T> T required(String member, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("without " + member);
        }
        return value;
    }

    /** A number that must be in a range. */
    static long within(String member, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(member + " is not from " + min + " to " + max);
        }
        return value;
    }

    /** A text that must not be longer than so many characters. */
    static String atMost(String member, int length, @Nullable String text) {
        String present = required(member, text);
        if (present.length() > length) {
            throw new IllegalArgumentException(member + " is too long");
        }
        return present;
    }
}
