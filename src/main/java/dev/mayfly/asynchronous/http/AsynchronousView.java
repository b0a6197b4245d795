package dev.mayfly.asynchronous.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.mayfly.asynchronous.AsynchronousInvocation;
import dev.mayfly.invocations.http.InvocationView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous invocation as clients see it.
 *
 * @param state queued, running, succeeded, failed, cancelled or dead
 * @param due when it is tried next
 * @param started when the last attempt was begun
 * @param outcome how the last attempt ended
 * @param problem what was wrong with it
 * @param output where what it wrote is found
 * @param record of the last attempt
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AsynchronousView(
        UUID id,
        String function,
        String state,
        String source,
        int attempts,
        Instant accepted,
        @Nullable Instant due,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable Integer version,
        @Nullable String outcome,
        @Nullable Integer exitCode,
        @JsonRawValue @Schema(type = "object") @Nullable String problem,
        @Nullable String output,
        @Nullable Long outputBytes,
        @Nullable Boolean outputTruncated,
        @Nullable InvocationView record) {

    static AsynchronousView of(AsynchronousInvocation invocation, Optional<InvocationView> lastAttempt) {
        boolean ended = invocation.state().ended();
        return new AsynchronousView(
                invocation.id(),
                invocation.function(),
                invocation.state().id(),
                invocation.source(),
                invocation.attempts(),
                invocation.accepted(),
                invocation.due(),
                invocation.started(),
                invocation.ended(),
                invocation.version(),
                invocation.outcome(),
                invocation.exitCode(),
                invocation.problem(),
                ended ? "/v1/invocations/" + invocation.id() + "/output" : null,
                invocation.outputBytes(),
                ended ? invocation.outputTruncated() : null,
                lastAttempt.orElse(null));
    }
}
