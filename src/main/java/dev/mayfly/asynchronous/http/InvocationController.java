package dev.mayfly.asynchronous.http;

import dev.mayfly.asynchronous.AsynchronousInvocation;
import dev.mayfly.asynchronous.AsynchronousInvocations;
import dev.mayfly.asynchronous.AsynchronousProperties;
import dev.mayfly.asynchronous.queue.EndWatch;
import dev.mayfly.invocations.http.InvocationView;
import dev.mayfly.invocations.http.InvocationViews;
import dev.mayfly.invocations.http.Preferences;
import dev.mayfly.invocations.records.InvocationHistory;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows invocations: asynchronous ones from their acceptance, the others once they have ended. */
@RestController("asynchronousInvocationController")
@Tag(name = "Invocations")
final class InvocationController {

    private final AsynchronousInvocations invocations;
    private final InvocationHistory history;
    private final InvocationViews views;
    private final EndWatch ends;
    private final Duration longestWait;

    InvocationController(
            AsynchronousInvocations invocations,
            InvocationHistory history,
            InvocationViews views,
            EndWatch ends,
            AsynchronousProperties properties) {
        this.invocations = invocations;
        this.history = history;
        this.views = views;
        this.ends = ends;
        this.longestWait = properties.maxWait();
    }

    @GetMapping("/v1/invocations/{id}")
    @Operation(operationId = "getInvocation", summary = "Show what came of an invocation", description = """
                    Of an asynchronous invocation, its state, and what came of it so far; with 'wait', or the preference of \
                    that name (RFC 7240), the answer waits for its end. Of any other one, the record.""")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(oneOf = {AsynchronousView.class, InvocationView.class})))
    @ApiResponse(responseCode = "404", ref = "Problem")
    Object get(
            @PathVariable String id,
            @RequestParam(required = false)
                    @Parameter(description = "For example 30s; bounded", schema = @Schema(type = "string"))
                    @Nullable
                    String wait,
            @Parameter(hidden = true) HttpServletRequest request)
            throws InterruptedException {
        UUID invocation = Ids.parse(id);
        Optional<AsynchronousInvocation> found = invocations.find(invocation);
        if (found.isPresent() && !found.get().state().ended()) {
            Duration patience = Waiting.time(wait, Preferences.of(request), longestWait);
            found = patience.isPositive() ? await(invocation, patience) : found;
        }
        return found.<Object>map(this::view)
                .or(() -> history.find(invocation).map(views::of))
                .orElseThrow(() -> Ids.unknown(id));
    }

    private Optional<AsynchronousInvocation> await(UUID id, Duration patience) throws InterruptedException {
        try (EndWatch.Watch watch = ends.watch(id)) {
            Optional<AsynchronousInvocation> now = invocations.find(id);
            if (now.isEmpty() || now.get().state().ended()) {
                return now;
            }
            watch.await(patience);
        }
        return invocations.find(id);
    }

    private AsynchronousView view(AsynchronousInvocation invocation) {
        UUID attempt = invocation.lastAttempt();
        Optional<InvocationView> last =
                attempt == null ? Optional.empty() : history.find(attempt).map(views::of);
        return AsynchronousView.of(invocation, last);
    }

    @DeleteMapping("/v1/invocations/{id}")
    @Operation(
            operationId = "cancelInvocation",
            summary = "Cancel an asynchronous invocation",
            description =
                    "One that waits is cancelled at once; one that runs is told to end, and may have succeeded by then.")
    @ApiResponse(responseCode = "200", description = "It is cancelled")
    @ApiResponse(responseCode = "202", description = "It runs, and was told to end")
    @ApiResponse(responseCode = "404", ref = "Problem")
    @ApiResponse(responseCode = "409", ref = "Problem")
    ResponseEntity<AsynchronousView> cancel(@PathVariable String id) {
        UUID invocation = Ids.parse(id);
        return switch (invocations.cancel(invocation)) {
            case CANCELLED -> answer(HttpStatus.OK, id);
            case REQUESTED -> answer(HttpStatus.ACCEPTED, id);
            case ENDED -> throw ended();
            case UNKNOWN -> throw history.find(invocation).isPresent() ? ended() : Ids.unknown(id);
        };
    }

    private ResponseEntity<AsynchronousView> answer(HttpStatus status, String id) {
        AsynchronousInvocation found = invocations.find(Ids.parse(id)).orElseThrow(() -> Ids.unknown(id));
        return ResponseEntity.status(status).body(view(found));
    }

    private static ProblemException ended() {
        return new ProblemException(ProblemType.CONFLICT, "The invocation has ended.");
    }
}
