package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.sandbox.Frame;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.sandbox.TrapKind;
import dev.mayfly.wasm.FunctionNames;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Turns what the binding says of a trap into ours.
 *
 * @param code the module's instructions
 * @param codeShift what to add to an offset in it to get the one in the uploaded binary
 */
record TrapReport(GuestCode code, long codeShift, FunctionNames names) {

    /** Names are the module's author's; a longer one is cut. */
    private static final int MAX_NAME_LENGTH = 500;

    /** A trap of which the backtrace is known, and so the instruction. */
    Outcome.Trapped of(Backtrace backtrace) {
        List<Frame> frames = backtrace.frames().stream().map(this::frame).toList();
        return new Outcome.Trapped(kind(backtrace), frames);
    }

    /** The active segments did not fit. */
    static Optional<Outcome> ofInstantiation(String message) {
        if (message.contains("out of bounds memory access")) {
            return Optional.of(new Outcome.Trapped(TrapKind.MEMORY_OUT_OF_BOUNDS, List.of()));
        }
        if (message.contains("out of bounds table access")) {
            return Optional.of(new Outcome.Trapped(TrapKind.TABLE_OUT_OF_BOUNDS, List.of()));
        }
        return Optional.empty();
    }

    private TrapKind kind(Backtrace backtrace) {
        if (backtrace.frames().isEmpty()) {
            return TrapKind.UNKNOWN;
        }
        OptionalLong innermost = backtrace.frames().getFirst().offset();
        return innermost.isPresent() ? code.trapOf(innermost.getAsLong()) : TrapKind.STACK_OVERFLOW;
    }

    private Frame frame(Backtrace.Position position) {
        OptionalLong offset = position.offset().isPresent()
                ? OptionalLong.of(position.offset().getAsLong() + codeShift)
                : OptionalLong.empty();
        return new Frame(position.function(), name(position.function()), offset);
    }

    private Optional<String> name(int function) {
        return Optional.ofNullable(names.get(function))
                .map(name -> name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH));
    }
}
