package dev.mayfly.asynchronous.http;

import dev.mayfly.asynchronous.AsynchronousInvocations;
import dev.mayfly.asynchronous.queue.InvocationTable;
import dev.mayfly.asynchronous.queue.StoredOutput;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Gives out what asynchronous invocations wrote. */
@RestController
@Tag(name = "Invocations")
final class OutputController {

    private static final String TRUNCATED = "Mayfly-Output-Truncated";
    private static final String WRITTEN = "Mayfly-Output-Bytes";

    private final InvocationTable table;
    private final AsynchronousInvocations invocations;

    OutputController(InvocationTable table, AsynchronousInvocations invocations) {
        this.table = table;
        this.invocations = invocations;
    }

    @GetMapping("/v1/invocations/{id}/output")
    @Operation(
            operationId = "getInvocationOutput",
            summary = "Get what an asynchronous invocation wrote to its standard output",
            description = "Of one that failed too. " + TRUNCATED + " says whether it is only the beginning.")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/octet-stream",
                            schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "404", ref = "Problem")
    @ApiResponse(responseCode = "409", ref = "Problem")
    ResponseEntity<byte[]> output(@PathVariable String id) {
        UUID invocation = Ids.parse(id);
        StoredOutput output = table.output(invocation).orElseThrow(() -> missing(id, invocation));
        return ResponseEntity.ok()
                .contentType(output.type().map(MediaType::parseMediaType).orElse(MediaType.APPLICATION_OCTET_STREAM))
                .header(TRUNCATED, Boolean.toString(output.truncated()))
                .header(WRITTEN, Long.toString(output.written()))
                .body(output.bytes().array());
    }

    private ProblemException missing(String id, UUID invocation) {
        return invocations.find(invocation).isPresent()
                ? new ProblemException(ProblemType.CONFLICT, "The invocation has not ended yet.")
                : Ids.unknown(id);
    }
}
