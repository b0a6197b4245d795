package dev.mayfly.callbacks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.mayfly.asynchronous.AsynchronousInvocation;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is delivered: what {@code GET /v1/invocations/{id}} shows, and the beginning of the output.
 *
 * @param output where all of the output is found
 * @param outputText the output, if it is text in UTF-8
 * @param outputBase64 the output, if it is not
 * @param outputTruncated whether the output has been cut, here or before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CallbackResult(
        UUID id,
        String function,
        String state,
        String source,
        int attempts,
        Instant accepted,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable Integer version,
        @Nullable String outcome,
        @Nullable Integer exitCode,
        @JsonRawValue @Nullable String problem,
        String output,
        @Nullable String outputText,
        @Nullable String outputBase64,
        @Nullable String outputType,
        @Nullable Long outputBytes,
        boolean outputTruncated) {

    static CallbackResult of(AsynchronousInvocation invocation, Results.Output output) {
        return new CallbackResult(
                invocation.id(),
                invocation.function(),
                invocation.state().id(),
                invocation.source(),
                invocation.attempts(),
                invocation.accepted(),
                invocation.started(),
                invocation.ended(),
                invocation.version(),
                invocation.outcome(),
                invocation.exitCode(),
                invocation.problem(),
                "/v1/invocations/" + invocation.id() + "/output",
                output.text(),
                output.base64(),
                output.type(),
                invocation.outputBytes(),
                output.cut() || invocation.outputTruncated());
    }
}
