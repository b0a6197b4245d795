package dev.mayfly.invocations.http;

import dev.mayfly.functions.FunctionName;
import dev.mayfly.invocations.records.InvocationHistory;
import dev.mayfly.invocations.records.InvocationRecord;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the records of invocations. They outlive their function: what ran, ran, until retention deletes them. */
@RestController
@Tag(name = "Invocations")
final class RecordController {

    private static final int MAX_LIMIT = 500;

    private final InvocationHistory history;
    private final InvocationViews views;

    RecordController(InvocationHistory history, InvocationViews views) {
        this.history = history;
        this.views = views;
    }

    /**
     * A part of a function's records.
     *
     * @param items newest first
     * @param next where the list goes on; null at its end
     */
    @Schema(name = "InvocationPage")
    record Page(List<InvocationView> items, @Nullable String next) {}

    @GetMapping("/v1/functions/{name}/invocations")
    @Operation(operationId = "listInvocations", summary = "List a function's invocations, newest first")
    @ApiResponse(responseCode = "200")
    Page list(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int limit) {
        FunctionName function = new FunctionName(name);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "'limit' must be 1 to " + MAX_LIMIT + ".");
        }
        UUID before = after == null ? null : id(after);
        List<InvocationRecord> found = history.newest(function.value(), before, limit + 1);
        List<InvocationRecord> shown = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit
                ? "/v1/functions/" + name + "/invocations?after="
                        + shown.getLast().id() + "&limit=" + limit
                : null;
        return new Page(views.of(shown), next);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "'" + text + "' is no invocation id.");
        }
    }
}
