package dev.mayfly.asynchronous.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mayfly.asynchronous.queue.Depths;
import dev.mayfly.functions.FunctionName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows how a function's queue stands. */
@RestController
@Tag(name = "Invocations")
final class QueueController {

    private static final double MILLIS = 1000;

    private final Depths depths;
    private final InstantSource time;

    QueueController(Depths depths, InstantSource time) {
        this.depths = depths;
        this.time = time;
    }

    /**
     * A function's queue.
     *
     * @param depth how many asynchronous invocations have not ended, those that run included
     * @param exact whether that is counted; beyond 9999 it is about right
     * @param firstDue when the first of them is due, which may be in the past
     * @param oldestAgeSeconds for how long it has been due
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record QueueView(
            String function,
            long depth,
            boolean exact,
            @Nullable Instant firstDue,
            double oldestAgeSeconds) {}

    @GetMapping("/v1/functions/{name}/queue")
    @Operation(operationId = "getQueue", summary = "Show how many asynchronous invocations of a function are queued")
    @ApiResponse(responseCode = "200")
    QueueView queue(@PathVariable String name) {
        String function = new FunctionName(name).value();
        long counted = depths.count(function);
        boolean exact = counted < Depths.COUNTED;
        Instant first = depths.oldest(function).orElse(null);
        Duration age = first == null ? Duration.ZERO : Duration.between(first, time.instant());
        return new QueueView(
                function,
                exact ? counted : Math.max(counted, depths.of(function)),
                exact,
                first,
                age.isPositive() ? age.toMillis() / MILLIS : 0);
    }
}
