package dev.mayfly.disks;

import dev.mayfly.functions.Page;
import dev.mayfly.roles.ConditionalOnRole;
import dev.mayfly.roles.NodeRole;
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
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@ConditionalOnRole({NodeRole.ALL, NodeRole.CONTROL_PLANE})
@RequestMapping("/v1/disks")
@Tag(name = "Disks", description = "Trees of files that functions see as their root, or at other places")
class DiskController {

    private static final String NAME = "1 to 63 lower-case letters, digits and hyphens, beginning with a letter";

    private final DiskUploads uploads;
    private final DiskCatalog catalog;

    DiskController(DiskUploads uploads, DiskCatalog catalog) {
        this.uploads = uploads;
        this.catalog = catalog;
    }

    @PostMapping(
            path = "/{name}/versions",
            consumes = {MediaType.APPLICATION_OCTET_STREAM_VALUE, "application/*"},
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "uploadDisk",
            summary = "Upload an image as a new version of a disk",
            description = """
                    Makes the disk if there is none. The image is squashfs 4.0, ext2, ext3, ext4, or tar, plain or compressed \
                    with gzip, xz or zstd; which of them is found out by its contents. If it is refused, nothing has changed.""",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    @ApiResponse(
            responseCode = "201",
            description = "Uploaded",
            headers = @Header(name = "Location", description = "The version", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "413", ref = "Problem")
    @ApiResponse(responseCode = "422", ref = "Problem")
    @ApiResponse(responseCode = "429", ref = "Problem")
    ResponseEntity<DiskVersionView> upload(
            @PathVariable @Parameter(description = NAME) String name, HttpServletRequest request) throws IOException {
        DiskVersionView version =
                uploads.publish(new DiskName(name), request.getInputStream(), request.getContentLengthLong());
        URI location = URI.create("/v1/disks/" + version.disk() + "/versions/" + version.version());
        return ResponseEntity.created(location).body(version);
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listDisks", summary = "List disks by name")
    @ApiResponse(responseCode = "200")
    Page<DiskView> list(
            @RequestParam(defaultValue = "") @Parameter(description = "Lists on after that name") String after,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        String from = after.isEmpty() ? "" : new DiskName(after).value();
        return Page.of(catalog.list(from, limit + 1), limit, "/v1/disks", DiskView::name, disk -> disk);
    }

    @GetMapping(path = "/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getDisk", summary = "Show a disk")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", ref = "Problem")
    DiskView show(@PathVariable String name) {
        return catalog.find(new DiskName(name));
    }

    @GetMapping(path = "/{name}/versions", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listDiskVersions", summary = "List a disk's versions, newest first")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", ref = "Problem")
    Page<DiskVersionView> versions(
            @PathVariable String name,
            @RequestParam(required = false)
                    @Parameter(description = "Lists on after that version: those before it")
                    @Min(1)
                    @Nullable
                    Integer after,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        DiskName disk = new DiskName(name);
        return Page.of(
                catalog.versions(disk, after == null ? Integer.MAX_VALUE : after, limit + 1),
                limit,
                "/v1/disks/" + disk + "/versions",
                DiskVersionView::version,
                version -> version);
    }

    @GetMapping(path = "/{name}/versions/{version}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getDiskVersion", summary = "Show a version of a disk")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", ref = "Problem")
    DiskVersionView version(@PathVariable String name, @PathVariable int version) {
        return catalog.find(new DiskName(name), version);
    }

    @DeleteMapping("/{name}")
    @Operation(operationId = "deleteDisk", summary = "Delete a disk with all of its versions, none of which is in use")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @ApiResponse(responseCode = "404", ref = "Problem")
    @ApiResponse(responseCode = "409", ref = "Problem")
    ResponseEntity<Void> delete(@PathVariable String name) {
        catalog.delete(new DiskName(name));
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/{name}/versions/{version}")
    @Operation(operationId = "deleteDiskVersion", summary = "Delete a version of a disk that is not in use")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @ApiResponse(responseCode = "404", ref = "Problem")
    @ApiResponse(responseCode = "409", ref = "Problem")
    ResponseEntity<Void> deleteVersion(@PathVariable String name, @PathVariable int version) {
        catalog.delete(new DiskName(name), version);
        return ResponseEntity.noContent().build();
    }
}
