package dev.mayfly.functions;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/functions")
@Tag(name = "Functions", description = "Names that own versions, aliases and a configuration")
class FunctionController {

    static final String NAME = "1 to 63 lower-case letters, digits and hyphens, beginning with a letter";

    private final ModulePublisher publisher;
    private final FunctionRegistry registry;
    private final FunctionQueries queries;

    FunctionController(ModulePublisher publisher, FunctionRegistry registry, FunctionQueries queries) {
        this.publisher = publisher;
        this.registry = registry;
        this.queries = queries;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listFunctions", summary = "List functions by name")
    @ApiResponse(responseCode = "200")
    Page<FunctionView.Summary> list(
            @RequestParam(defaultValue = "") @Parameter(description = "Lists on after that name") String after,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return queries.list(after.isEmpty() ? "" : new FunctionName(after).value(), limit);
    }

    @GetMapping(path = "/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getFunction", summary = "Show a function")
    @ApiResponse(
            responseCode = "200",
            headers = @Header(name = "ETag", description = "For If-Match", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "404", ref = "Problem")
    ResponseEntity<FunctionView> show(@PathVariable String name) {
        Tagged<FunctionView> function = queries.function(new FunctionName(name));
        return ResponseEntity.ok().eTag(function.tag()).body(function.value());
    }

    @PutMapping(
            path = "/{name}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "configureFunction", summary = "Set a function's configuration", description = """
                    Makes the function if there is none. The configuration replaces the one before: what is left out takes \
                    its default. Versions are immutable, so where there are some, a new one is published: the module that \
                    'live' points to, with the new configuration. The same configuration again changes nothing.""")
    @ApiResponse(
            responseCode = "200",
            description = "Configured",
            headers = @Header(name = "ETag", description = "For If-Match", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "201", description = "Made")
    @ApiResponse(responseCode = "409", ref = "Problem")
    @ApiResponse(responseCode = "412", ref = "Problem")
    @ApiResponse(responseCode = "422", ref = "Problem")
    ResponseEntity<FunctionView> configure(
            @PathVariable @Parameter(description = NAME) String name,
            @RequestParam @Parameter(description = "The version whose module to use; by default the live one")
                    Optional<Integer> version,
            @RequestParam(defaultValue = "true")
                    @Parameter(description = "Whether 'live' is pointed to the resulting version, wholly")
                    boolean activate,
            @RequestBody ConfigurationRequest configuration,
            @RequestHeader @Parameter(hidden = true) HttpHeaders headers)
            throws IOException {
        Reconfiguration.Done done = publisher.configure(
                new FunctionName(name),
                configuration,
                version.map(OptionalInt::of).orElse(OptionalInt.empty()),
                activate,
                Precondition.of(headers));
        ResponseEntity.BodyBuilder response =
                done.created() ? ResponseEntity.created(URI.create("/v1/functions/" + name)) : ResponseEntity.ok();
        return response.eTag(done.function().tag()).body(done.function().value());
    }

    @DeleteMapping("/{name}")
    @Operation(
            operationId = "deleteFunction",
            summary = "Delete a function with all of its versions",
            description = "Invocations that are running end as if nothing had happened.")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @ApiResponse(responseCode = "404", ref = "Problem")
    @ApiResponse(responseCode = "412", ref = "Problem")
    ResponseEntity<Void> delete(
            @PathVariable String name, @RequestHeader @Parameter(hidden = true) HttpHeaders headers) {
        registry.delete(new FunctionName(name), Precondition.of(headers));
        return ResponseEntity.noContent().build();
    }
}
