package dev.mayfly.schedules;

import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.InvalidNameException;
import dev.mayfly.functions.Page;
import dev.mayfly.functions.Precondition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Schedules", description = "Asynchronous invocations by the clock")
class ScheduleController {

    private static final Pattern FORM = Pattern.compile(FunctionName.PATTERN);
    private static final String ALL = "/v1/schedules";
    private static final String OF_FUNCTION = "/v1/functions/{name}/schedules";

    private final Schedules schedules;
    private final ScheduleRules rules;

    ScheduleController(Schedules schedules, ScheduleRules rules) {
        this.schedules = schedules;
        this.rules = rules;
    }

    @GetMapping(path = ALL, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listAllSchedules", summary = "List the schedules of all functions")
    @ApiResponse(responseCode = "200")
    Page<ScheduleView> listAll(
            @RequestParam(defaultValue = "")
                    @Parameter(description = "Lists on after that function's schedule: its name, '/', the schedule's")
                    String after,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        int slash = after.indexOf('/');
        String function = slash < 0 ? after : after.substring(0, slash);
        String name = slash < 0 ? "" : after.substring(slash + 1);
        return Page.of(
                schedules.listAll(function, name, limit + 1),
                limit,
                ALL,
                schedule -> schedule.function() + "/" + schedule.name(),
                ScheduleView::of);
    }

    @GetMapping(path = OF_FUNCTION, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listSchedules", summary = "List a function's schedules by name")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", ref = "Problem")
    Page<ScheduleView> list(
            @PathVariable String name,
            @RequestParam(defaultValue = "") @Parameter(description = "Lists on after that name") String after,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        FunctionName function = new FunctionName(name);
        return Page.of(
                schedules.list(function, after, limit + 1),
                limit,
                "/v1/functions/" + function + "/schedules",
                Schedule::name,
                ScheduleView::of);
    }

    @GetMapping(path = OF_FUNCTION + "/{schedule}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getSchedule", summary = "Show a schedule")
    @ApiResponse(
            responseCode = "200",
            headers = @Header(name = "ETag", description = "For If-Match", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "404", ref = "Problem")
    ResponseEntity<ScheduleView> show(@PathVariable String name, @PathVariable String schedule) {
        Schedule found = schedules.find(new FunctionName(name), schedule);
        return ResponseEntity.ok().eTag(found.tag()).body(ScheduleView.of(found));
    }

    @PutMapping(
            path = OF_FUNCTION + "/{schedule}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "setSchedule", summary = "Make a schedule, or define it anew", description = """
                    What is left out takes its default. Each firing submits one asynchronous invocation, however many \
                    processes there are. A schedule that is defined anew goes on from now.""")
    @ApiResponse(
            responseCode = "200",
            description = "Defined",
            headers = @Header(name = "ETag", description = "For If-Match", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "201", description = "Made")
    @ApiResponse(responseCode = "404", ref = "Problem")
    @ApiResponse(responseCode = "409", ref = "Problem")
    @ApiResponse(responseCode = "412", ref = "Problem")
    ResponseEntity<ScheduleView> define(
            @PathVariable String name,
            @PathVariable
                    @Parameter(description = "1 to 63 lower-case letters, digits and hyphens, beginning with a letter")
                    String schedule,
            @RequestBody ScheduleRequest request,
            @RequestHeader @Parameter(hidden = true) HttpHeaders headers) {
        FunctionName function = new FunctionName(name);
        if (!FORM.matcher(schedule).matches()) {
            throw new InvalidNameException("schedule", schedule, FunctionName.PATTERN);
        }
        Schedules.Defined defined =
                schedules.define(function, schedule, rules.check(request), Precondition.of(headers));
        URI location = URI.create("/v1/functions/" + function + "/schedules/" + schedule);
        return (defined.created() ? ResponseEntity.created(location) : ResponseEntity.ok())
                .eTag(defined.schedule().tag())
                .body(ScheduleView.of(defined.schedule()));
    }

    @DeleteMapping(OF_FUNCTION + "/{schedule}")
    @Operation(
            operationId = "deleteSchedule",
            summary = "Delete a schedule",
            description = "What it has submitted is not cancelled.")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @ApiResponse(responseCode = "404", ref = "Problem")
    @ApiResponse(responseCode = "412", ref = "Problem")
    ResponseEntity<Void> delete(
            @PathVariable String name,
            @PathVariable String schedule,
            @RequestHeader @Parameter(hidden = true) HttpHeaders headers) {
        schedules.delete(new FunctionName(name), schedule, Precondition.of(headers));
        return ResponseEntity.noContent().build();
    }
}
