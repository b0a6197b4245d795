package dev.mayfly.sandbox.wasmtime;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A backtrace as the binding gives it: in words, in an exception's message. It names functions by index, because they
 * come without names in what Wasmtime gets of a module; modules of ours have a name, which tells their frames apart.
 *
 * @param atFunctionEntry whether the innermost function had not begun, whosoever it is: there the stack is checked
 * @param frames of the guest, the innermost first, at most {@link #MAX_FRAMES}
 */
record Backtrace(boolean atFunctionEntry, List<Position> frames) {

    static final int MAX_FRAMES = 100;

    private static final String INTRODUCTION = "error while executing at wasm backtrace:";
    private static final Pattern FRAME =
            Pattern.compile("\\s*\\d+:\\s+(?:0x([0-9a-f]+) - )?(.*)!<wasm function (\\d+)>");
    private static final String GUEST = "<unknown>";

    /**
     * A place in the guest's code.
     *
     * @param function its index
     * @param offset of the instruction in the binary that Wasmtime was given; none where the function had not begun
     */
    record Position(int function, OptionalLong offset) {}

    static boolean isIn(String message) {
        return message.startsWith(INTRODUCTION);
    }

    /** Reads the message, which can be some megabytes long, only as far as its first frames. */
    static Backtrace parse(String message) {
        List<Position> frames = new ArrayList<>();
        boolean innermost = true;
        boolean atFunctionEntry = false;
        int line = message.indexOf('\n') + 1;
        while (line > 0 && frames.size() < MAX_FRAMES) {
            int end = message.indexOf('\n', line);
            Matcher frame = FRAME.matcher(message.substring(line, end < 0 ? message.length() : end));
            if (frame.lookingAt()) {
                OptionalLong offset = offset(frame.group(1));
                atFunctionEntry |= innermost && offset.isEmpty();
                innermost = false;
                if (GUEST.equals(frame.group(2))) {
                    frames.add(new Position(Integer.parseInt(frame.group(3)), offset));
                }
            }
            line = end + 1;
        }
        return new Backtrace(atFunctionEntry, List.copyOf(frames));
    }

    private static OptionalLong offset(@Nullable String hex) {
        return hex == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(hex, 16));
    }
}
