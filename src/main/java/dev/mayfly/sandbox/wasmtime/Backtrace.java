package dev.mayfly.sandbox.wasmtime;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backtrace as the binding gives it: in words, in an exception's message. It names functions by index, because they
 * come without names in what Wasmtime gets of a module; modules of ours have a name, which tells their frames apart.
 *
 * @param frames the innermost first, at most {@link #MAX_FRAMES}
 */
record Backtrace(List<Position> frames) {

    static final int MAX_FRAMES = 100;

    private static final String INTRODUCTION = "error while executing at wasm backtrace:";
    private static final Pattern GUEST_FRAME =
            Pattern.compile("\\s*\\d+:\\s+(?:0x([0-9a-f]+) - )?<unknown>!<wasm function (\\d+)>");

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
        int line = message.indexOf('\n') + 1;
        while (line > 0 && frames.size() < MAX_FRAMES) {
            int end = message.indexOf('\n', line);
            Matcher frame = GUEST_FRAME.matcher(message.substring(line, end < 0 ? message.length() : end));
            if (frame.lookingAt()) {
                frames.add(new Position(Integer.parseInt(frame.group(2)), offset(frame.group(1))));
            }
            line = end + 1;
        }
        return new Backtrace(List.copyOf(frames));
    }

    private static OptionalLong offset(String hex) {
        return hex == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(hex, 16));
    }
}
