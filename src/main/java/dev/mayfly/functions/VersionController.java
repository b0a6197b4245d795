package dev.mayfly.functions;

import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ArtifactTooLargeException;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.artifacts.ModuleProperties;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;

@RestController
@RequestMapping("/v1/functions/{name}/versions")
@Tag(name = "Versions", description = "Immutable: a module with the configuration that it was published with")
class VersionController {

    private static final String WASM = "application/wasm";

    private final ModulePublisher publisher;
    private final FunctionQueries queries;
    private final ArtifactStore store;
    private final UploadSlots uploads;
    private final ModuleForm.Reader forms;
    private final long maxBytes;

    VersionController(
            ModulePublisher publisher,
            FunctionQueries queries,
            ArtifactStore store,
            UploadSlots uploads,
            ModuleForm.Reader forms,
            ModuleProperties properties) {
        this.publisher = publisher;
        this.queries = queries;
        this.store = store;
        this.uploads = uploads;
        this.forms = forms;
        this.maxBytes = properties.maxSize().toBytes();
    }

    @PostMapping(consumes = WASM, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "publishVersion",
            summary = "Publish a module as a new version",
            description = """
                    Makes the function if there is none. The module is decoded, validated, checked against the runtime's \
                    constraints and compiled before anything is stored; if it is refused, nothing has changed. \
                    The version takes the function's configuration; a form brings its own.""",
            requestBody =
                    @RequestBody(
                            required = true,
                            description =
                                    "The module's bytes, or a form with the part 'module' and, optionally, 'configuration'",
                            content = {
                                @Content(mediaType = WASM, schema = @Schema(type = "string", format = "binary")),
                                @Content(
                                        mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                        schema = @Schema(implementation = ModuleForm.Parts.class))
                            }))
    @ApiResponse(
            responseCode = "201",
            description = "Published",
            headers = @Header(name = "Location", description = "The version", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "413", ref = "Problem")
    @ApiResponse(responseCode = "422", ref = "Problem")
    @ApiResponse(responseCode = "429", ref = "Problem")
    ResponseEntity<VersionView> publish(
            @PathVariable @Parameter(description = FunctionController.NAME) String name,
            @RequestParam(defaultValue = "true")
                    @Parameter(description = "Whether 'live' is pointed to the new version, wholly")
                    boolean activate,
            HttpServletRequest request)
            throws IOException {
        FunctionName function = new FunctionName(name);
        if (request.getContentLengthLong() > maxBytes) {
            throw new ArtifactTooLargeException(maxBytes);
        }
        try (UploadSlots.Slot _ = uploads.enter()) {
            return created(publisher.publish(function, request.getInputStream(), Optional.empty(), activate));
        }
    }

    /** Reads parameters only once it has a slot, because that is when the container takes in the parts. */
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(hidden = true)
    ResponseEntity<VersionView> publishForm(@PathVariable String name, MultipartHttpServletRequest request)
            throws IOException {
        FunctionName function = new FunctionName(name);
        try (UploadSlots.Slot _ = uploads.enter()) {
            ModuleForm form = forms.read(request);
            try (InputStream module = form.module()) {
                return created(publisher.publish(function, module, form.configuration(), form.activate()));
            }
        }
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listVersions", summary = "List a function's versions, newest first")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", ref = "Problem")
    Page<VersionView.Summary> list(
            @PathVariable String name,
            @RequestParam(required = false)
                    @Parameter(description = "Lists on after that version: those before it")
                    @Min(1)
                    @Nullable
                    Integer after,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return queries.versions(new FunctionName(name), after == null ? Integer.MAX_VALUE : after, limit);
    }

    @GetMapping(path = "/{version}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getVersion", summary = "Show a version")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", ref = "Problem")
    VersionView show(@PathVariable String name, @PathVariable int version) {
        return queries.version(new FunctionName(name), version);
    }

    @GetMapping(path = "/{version}/module", produces = WASM)
    @Operation(
            operationId = "downloadModule",
            summary = "Download a version's module",
            description = "The tag is the module's digest. Ranges can be asked for.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = WASM, schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "404", ref = "Problem")
    ResponseEntity<Resource> download(@PathVariable String name, @PathVariable int version) throws IOException {
        ContentDigest digest = queries.digest(new FunctionName(name), version);
        return ResponseEntity.ok()
                .eTag("\"" + digest + "\"")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name + "-" + version + ".wasm")
                                .build()
                                .toString())
                .contentType(MediaType.parseMediaType(WASM))
                .body(new FileSystemResource(store.locate(digest)));
    }

    private static ResponseEntity<VersionView> created(VersionView version) {
        URI location = URI.create("/v1/functions/" + version.function() + "/versions/" + version.version());
        return ResponseEntity.created(location).body(version);
    }
}
