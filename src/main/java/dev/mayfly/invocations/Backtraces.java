package dev.mayfly.invocations;

import dev.mayfly.sandbox.Frame;
import java.util.List;
import java.util.stream.Collectors;

/** Backtraces for people. What a module calls its functions is its author's choice, and bounded here. */
public final class Backtraces {

    private static final int FRAMES_KEPT = 32;
    private static final int NAME_KEPT = 200;

    private Backtraces() {}

    /** A line for each of the innermost frames. */
    public static List<String> lines(List<Frame> backtrace) {
        return backtrace.stream().limit(FRAMES_KEPT).map(Backtraces::line).toList();
    }

    /** The lines as one text. */
    static String text(List<Frame> backtrace) {
        return lines(backtrace).stream().collect(Collectors.joining("\n"));
    }

    /** For example {@code func[12] main at 0x1a2b}. */
    private static String line(Frame frame) {
        StringBuilder line =
                new StringBuilder("func[").append(frame.functionIndex()).append(']');
        frame.functionName().map(Backtraces::printable).ifPresent(name -> line.append(' ')
                .append(name));
        frame.offset().ifPresent(offset -> line.append(" at 0x").append(Long.toHexString(offset)));
        return line.toString();
    }

    private static String printable(String name) {
        String kept = name.length() > NAME_KEPT ? name.substring(0, NAME_KEPT) + "..." : name;
        return kept.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
