package dev.mayfly.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mayfly.sandbox.Frame;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.sandbox.TrapKind;
import dev.mayfly.sandbox.WasmValue;
import dev.mayfly.wasm.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How an instance ended, as JSON.
 *
 * @param end which of the outcomes
 * @param exitCode of a command that exited
 * @param results of a function that returned
 * @param word the trap, the reason, the limit or the system call
 * @param backtrace of a trap, the innermost frames
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OutcomeDocument(
        @Nullable String end,
        int exitCode,
        @Nullable List<@Nullable Value> results,
        @Nullable String word,
        @Nullable List<@Nullable Step> backtrace) {

    private static final String EXITED = "exited";
    private static final String RETURNED = "returned";
    private static final String TRAPPED = "trapped";
    private static final String INTERRUPTED = "interrupted";
    private static final String LIMIT = "limit";
    private static final String DENIED = "denied";

    private static final int MOST_RESULTS = 1000;
    private static final int MOST_FRAMES = 64;
    private static final int MOST_NAME_CHARACTERS = 500;

    /** A {@link WasmValue}. */
    record Value(@Nullable String type, long bits) {

        static Value of(WasmValue value) {
            return new Value(value.type().toString(), value.bits());
        }

        WasmValue value() {
            return WasmValue.ofBits(
                    one("type of a value", ValueType.values(), ValueType::toString, Checked.required("type", type)),
                    bits);
        }
    }

    /** A {@link Frame} of a backtrace. */
    record Step(
            int function,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String name,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long offset) {

        static Step of(Frame frame) {
            return new Step(
                    frame.functionIndex(),
                    frame.functionName()
                            .map(name -> Excerpt.start(name, MOST_NAME_CHARACTERS))
                            .orElse(null),
                    frame.offset().isPresent() ? frame.offset().getAsLong() : null);
        }

        Frame frame() {
            return new Frame(
                    (int) Checked.within("function", function, 0, Integer.MAX_VALUE),
                    Optional.ofNullable(name).map(text -> Checked.atMost("name", MOST_NAME_CHARACTERS, text)),
                    offset == null
                            ? OptionalLong.empty()
                            : OptionalLong.of(Checked.within("offset", offset, 0, Long.MAX_VALUE)));
        }
    }

    static OutcomeDocument of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Exited(int code) -> new OutcomeDocument(EXITED, code, null, null, null);
            case Outcome.Returned(var results) ->
                new OutcomeDocument(
                        RETURNED,
                        0,
                        results.stream().<@Nullable Value>map(Value::of).toList(),
                        null,
                        null);
            case Outcome.Trapped(var kind, var backtrace) ->
                new OutcomeDocument(TRAPPED, 0, null, kind.id(), steps(backtrace));
            case Outcome.Interrupted(var reason) -> ended(INTERRUPTED, reason.name());
            case Outcome.LimitExceeded(var limit) -> ended(LIMIT, limit.name());
            case Outcome.CallDenied(var systemCall) -> ended(DENIED, systemCall);
        };
    }

    private static OutcomeDocument ended(String end, String word) {
        return new OutcomeDocument(end, 0, null, word, null);
    }

    private static List<@Nullable Step> steps(List<Frame> backtrace) {
        return backtrace.stream()
                .limit(MOST_FRAMES)
                .<@Nullable Step>map(Step::of)
                .toList();
    }

    Outcome outcome() {
        return switch (Checked.required("end", end)) {
            case EXITED -> new Outcome.Exited(exitCode);
            case RETURNED -> new Outcome.Returned(bounded("results", results, MOST_RESULTS, Value::value));
            case TRAPPED -> new Outcome.Trapped(trap(), bounded("backtrace", backtrace, MOST_FRAMES, Step::frame));
            case INTERRUPTED ->
                new Outcome.Interrupted(one("reason", Interruption.Reason.values(), Enum::name, requiredWord()));
            case LIMIT -> new Outcome.LimitExceeded(one("limit", Outcome.Limit.values(), Enum::name, requiredWord()));
            case DENIED -> new Outcome.CallDenied(requiredWord());
            default -> throw new IllegalArgumentException("an end of no known kind");
        };
    }

    private String requiredWord() {
        return Checked.atMost("word", MOST_NAME_CHARACTERS, word);
    }

    /** A later version may tell more kinds apart. */
    private TrapKind trap() {
        String id = requiredWord();
        return Arrays.stream(TrapKind.values())
                .filter(kind -> kind.id().equals(id))
                .findFirst()
                .orElse(TrapKind.UNKNOWN);
    }

    private static <T> T one(String what, T[] all, Function<T, String> nameOf, String name) {
        return Arrays.stream(all)
                .filter(candidate -> nameOf.apply(candidate).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + what + " that is known"));
    }

    private static <D, T> List<T> bounded(
            String what, @Nullable List<@Nullable D> documents, int most, Function<D, T> made) {
        List<@Nullable D> all = Checked.required(what, documents);
        Checked.within("number of " + what, all.size(), 0, most);
        return all.stream()
                .map(document -> made.apply(Checked.required(what, document)))
                .toList();
    }
}
