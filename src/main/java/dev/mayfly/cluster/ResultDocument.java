package dev.mayfly.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mayfly.invocations.InvocationResult;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.scheduling.Job;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The content of a {@link Frame.Result}, as JSON.
 *
 * @param result which of the results
 * @param reason why it was stopped, or not run
 * @param message why the arguments, or the module, were refused
 * @param ran how it ran, if it did
 * @param archive what became of the archive of its files, if one was wanted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ResultDocument(
        @Nullable String result,
        @Nullable String reason,
        @Nullable String message,
        @Nullable RanDocument ran,
        long inputBytes,
        @Nullable String stderr,
        @Nullable WorkerLoad load,
        @Nullable ArchiveDocument archive) {

    private static final String RAN = "ran";
    private static final String NOT_RUN = "not-run";
    private static final String STOPPED = "stopped";
    private static final String ARGUMENTS_REFUSED = "arguments-refused";
    private static final String FAILED = "failed";

    private static final int MOST_MESSAGE_CHARACTERS = 10_000;

    /** In JSON a character takes six bytes at most, so that the frame is never too long. */
    private static final int MOST_STDERR_CHARACTERS = 100_000;

    static byte[] encode(Frame.Result frame) {
        return ClusterJson.write(
                switch (frame.result()) {
                    case InvocationResult.Ran ran -> of(frame, RAN, null, null, RanDocument.of(ran));
                    case InvocationResult.NotRun(Job.Drop why) -> of(frame, NOT_RUN, why.name(), null, null);
                    case InvocationResult.Stopped(Interruption.Reason why) ->
                        of(frame, STOPPED, why.name(), null, null);
                    case InvocationResult.ArgumentsRefused(String message) ->
                        of(frame, ARGUMENTS_REFUSED, null, Excerpt.start(message, MOST_MESSAGE_CHARACTERS), null);
                    // To a control plane of the version before it is a failure.
                    case InvocationResult.ModuleRefused(String message) ->
                        of(frame, FAILED, null, Excerpt.start(message, MOST_MESSAGE_CHARACTERS), null);
                    case InvocationResult.Failed _ -> of(frame, FAILED, null, null, null);
                    case InvocationResult.Lost _ -> throw new IllegalArgumentException("who is lost cannot say so");
                });
    }

    private static ResultDocument of(
            Frame.Result frame,
            String result,
            @Nullable String reason,
            @Nullable String message,
            @Nullable RanDocument ran) {
        return new ResultDocument(
                result,
                reason,
                message,
                ran,
                frame.inputBytes(),
                Excerpt.end(frame.stderr(), MOST_STDERR_CHARACTERS),
                frame.load(),
                ArchiveDocument.of(frame.archive()));
    }

    static Frame.Result decode(byte[] json) {
        ResultDocument document = ClusterJson.read(json, ResultDocument.class);
        return new Frame.Result(
                document.invocationResult(),
                Checked.within("inputBytes", document.inputBytes, 0, Long.MAX_VALUE),
                Checked.atMost("stderr", MOST_STDERR_CHARACTERS, document.stderr),
                Checked.required("load", document.load),
                document.archive == null ? null : document.archive.summary());
    }

    private InvocationResult invocationResult() {
        return switch (Checked.required("result", result)) {
            case RAN -> Checked.required("ran", ran).ran();
            case NOT_RUN -> new InvocationResult.NotRun(word(Job.Drop.class, reason));
            case STOPPED -> new InvocationResult.Stopped(word(Interruption.Reason.class, reason));
            case ARGUMENTS_REFUSED ->
                new InvocationResult.ArgumentsRefused(Checked.atMost("message", MOST_MESSAGE_CHARACTERS, message));
            case FAILED ->
                message == null
                        ? new InvocationResult.Failed()
                        : new InvocationResult.ModuleRefused(
                                Checked.atMost("message", MOST_MESSAGE_CHARACTERS, message));
            default -> throw new IllegalArgumentException("a result of no known kind");
        };
    }

    private static <E extends Enum<E>> E word(Class<E> type, @Nullable String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no reason that is known"));
    }
}
