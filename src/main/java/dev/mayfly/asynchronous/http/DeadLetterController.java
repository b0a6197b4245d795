package dev.mayfly.asynchronous.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.mayfly.asynchronous.queue.DeadLetter;
import dev.mayfly.asynchronous.queue.DeadLetters;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lists, redrives and purges the invocations that failed for as often, or as long, as they may. */
@RestController
@Tag(name = "Dead letters", description = "Asynchronous invocations that are not tried again by themselves")
final class DeadLetterController {

    private static final String LETTERS = "/v1/dead-letters";
    private static final int MAX_LIMIT = 500;

    private final DeadLetters letters;

    DeadLetterController(DeadLetters letters) {
        this.letters = letters;
    }

    /**
     * A dead letter as clients see it.
     *
     * @param reason max-attempts, max-age or function-not-found
     */
    @Schema(name = "DeadLetter")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            UUID id,
            String function,
            String reason,
            Instant died,
            Instant accepted,
            int attempts,
            @Nullable String outcome,
            @JsonRawValue @Schema(type = "object") @Nullable String problem) {

        static View of(DeadLetter letter) {
            return new View(
                    letter.id(),
                    letter.function(),
                    letter.reason(),
                    letter.died(),
                    letter.accepted(),
                    letter.attempts(),
                    letter.outcome(),
                    letter.problem());
        }
    }

    /** A part of the list; {@code next} is where it goes on, null at its end. */
    @Schema(name = "DeadLetterPage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<View> items, @Nullable String next) {}

    /** How many dead letters something was done to. */
    @Schema(name = "DeadLetterCount")
    record Done(int count) {}

    @GetMapping(LETTERS)
    @Operation(operationId = "listDeadLetters", summary = "List dead letters, oldest first")
    @ApiResponse(responseCode = "200")
    Page list(
            @RequestParam(required = false) @Nullable String function,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "'limit' must be 1 to " + MAX_LIMIT + ".");
        }
        String name = function == null ? null : new FunctionName(function).value();
        List<DeadLetter> found = letters.list(name, after == null ? null : Ids.parse(after), limit + 1);
        List<DeadLetter> shown = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit
                ? LETTERS + "?after=" + shown.getLast().id() + "&limit=" + limit
                        + (name == null ? "" : "&function=" + name)
                : null;
        return new Page(shown.stream().map(View::of).toList(), next);
    }

    @GetMapping(LETTERS + "/{id}")
    @Operation(operationId = "getDeadLetter", summary = "Show a dead letter")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", ref = "Problem")
    View get(@PathVariable String id) {
        return letters.find(Ids.parse(id)).map(View::of).orElseThrow(() -> unknown(id));
    }

    @PostMapping(LETTERS + "/{id}/redrive")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "redriveDeadLetter", summary = "Put a dead letter back into the queue, as if it were new")
    @ApiResponse(responseCode = "202")
    @ApiResponse(responseCode = "404", ref = "Problem")
    Done redrive(@PathVariable String id) {
        return one(id, letters.redrive(Ids.parse(id)));
    }

    @PostMapping(LETTERS + "/redrive")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "redriveDeadLetters", summary = "Put all dead letters of a function back into the queue")
    @ApiResponse(responseCode = "202")
    Done redriveAll(@RequestParam String function) {
        return new Done(letters.redriveAll(new FunctionName(function).value()));
    }

    @DeleteMapping(LETTERS + "/{id}")
    @Operation(
            operationId = "purgeDeadLetter",
            summary = "Delete a dead letter and all that is known of its invocation")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", ref = "Problem")
    Done purge(@PathVariable String id) {
        return one(id, letters.purge(Ids.parse(id)));
    }

    @DeleteMapping(LETTERS)
    @Operation(operationId = "purgeDeadLetters", summary = "Delete all dead letters of a function")
    @ApiResponse(responseCode = "200")
    Done purgeAll(@RequestParam String function) {
        return new Done(letters.purgeAll(new FunctionName(function).value()));
    }

    private static Done one(String id, boolean done) {
        if (!done) {
            throw unknown(id);
        }
        return new Done(1);
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(ProblemType.DEAD_LETTER_NOT_FOUND, "There is no dead letter '" + id + "'.");
    }
}
