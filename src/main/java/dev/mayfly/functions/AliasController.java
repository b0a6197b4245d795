package dev.mayfly.functions;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.SortedMap;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/functions/{name}/aliases")
@Tag(name = "Aliases", description = "Names for versions that can be moved; 'live' is what an invocation gets")
class AliasController {

    private static final Pattern FORM = Pattern.compile(FunctionName.PATTERN);

    private final FunctionRegistry registry;
    private final FunctionQueries queries;
    private final FunctionProperties properties;

    AliasController(FunctionRegistry registry, FunctionQueries queries, FunctionProperties properties) {
        this.registry = registry;
        this.queries = queries;
        this.properties = properties;
    }

    /** The aliases of a function. */
    record Aliases(List<AliasView> items) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listAliases", summary = "List a function's aliases")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", ref = "Problem")
    Aliases list(@PathVariable String name) {
        return new Aliases(queries.function(new FunctionName(name)).value().aliases().entrySet().stream()
                .map(alias -> AliasView.of(alias.getKey(), alias.getValue()))
                .toList());
    }

    @GetMapping(path = "/{alias}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getAlias", summary = "Show an alias")
    @ApiResponse(
            responseCode = "200",
            headers = @Header(name = "ETag", description = "For If-Match", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "404", ref = "Problem")
    ResponseEntity<AliasView> show(@PathVariable String name, @PathVariable String alias) {
        return respond(alias, queries.alias(new FunctionName(name), alias));
    }

    @PutMapping(
            path = "/{alias}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "setAlias",
            summary = "Point an alias to a version, or split it over several by weight",
            description = "Pointing 'live' back to an earlier version is the rollback, of module and configuration.")
    @ApiResponse(
            responseCode = "200",
            headers = @Header(name = "ETag", description = "For If-Match", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "404", ref = "Problem")
    @ApiResponse(responseCode = "409", ref = "Problem")
    @ApiResponse(responseCode = "412", ref = "Problem")
    ResponseEntity<AliasView> split(
            @PathVariable String name,
            @PathVariable @Parameter(description = FunctionController.NAME) String alias,
            @RequestBody AliasRequest request,
            @RequestHeader @Parameter(hidden = true) HttpHeaders headers) {
        if (!FORM.matcher(alias).matches()) {
            throw new InvalidNameException("alias", alias, FunctionName.PATTERN);
        }
        Tagged<SortedMap<Integer, Integer>> result = registry.split(
                new FunctionName(name),
                alias,
                request.targets(properties.maxAliasTargets()),
                properties.maxAliases(),
                Precondition.of(headers));
        return respond(alias, result);
    }

    @DeleteMapping("/{alias}")
    @Operation(operationId = "deleteAlias", summary = "Delete an alias", description = "'live' cannot be deleted.")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @ApiResponse(responseCode = "404", ref = "Problem")
    @ApiResponse(responseCode = "409", ref = "Problem")
    @ApiResponse(responseCode = "412", ref = "Problem")
    ResponseEntity<Void> delete(
            @PathVariable String name,
            @PathVariable String alias,
            @RequestHeader @Parameter(hidden = true) HttpHeaders headers) {
        registry.removeAlias(new FunctionName(name), alias, Precondition.of(headers));
        return ResponseEntity.noContent().build();
    }

    private static ResponseEntity<AliasView> respond(String alias, Tagged<SortedMap<Integer, Integer>> weights) {
        return ResponseEntity.ok().eTag(weights.tag()).body(AliasView.of(alias, weights.value()));
    }
}
