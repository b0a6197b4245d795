package dev.mayfly.asynchronous.http;

import dev.mayfly.archives.KeptArchive;
import dev.mayfly.archives.KeptArchives;
import dev.mayfly.asynchronous.AsynchronousInvocation;
import dev.mayfly.asynchronous.AsynchronousInvocations;
import dev.mayfly.invocations.http.ArtifactsView;
import dev.mayfly.invocations.http.InvocationViews;
import dev.mayfly.invocations.records.InvocationHistory;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Gives out archives of what invocations changed in their files; for an asynchronous invocation, what its last attempt
 * did.
 */
@RestController
@Tag(name = "Invocations")
final class ArtifactsController {

    private static final String GZIP = "application/gzip";

    private final KeptArchives archives;
    private final AsynchronousInvocations invocations;
    private final InvocationHistory history;
    private final InvocationViews views;

    ArtifactsController(
            KeptArchives archives,
            AsynchronousInvocations invocations,
            InvocationHistory history,
            InvocationViews views) {
        this.archives = archives;
        this.invocations = invocations;
        this.history = history;
        this.views = views;
    }

    @GetMapping("/v1/invocations/{id}/artifacts")
    @Operation(
            operationId = "getInvocationArtifacts",
            summary = "Get an archive of what an invocation changed in its files",
            description = """
                    A tar, compressed with gzip: files that are new or were changed, whole, and directories, symbolic and hard \
                    links; what was removed of the root disk as whiteouts (OCI image layers). There is one if the function's \
                    'artifacts' asks for it, until it expires; the invocation's record says whether. Parts can be asked for \
                    with 'Range'.""")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = GZIP, schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "206", description = "The part that was asked for")
    @ApiResponse(responseCode = "404", ref = "Problem")
    @ApiResponse(responseCode = "409", ref = "Problem")
    ResponseEntity<Resource> get(@PathVariable String id) {
        UUID attempt = attempt(Ids.parse(id));
        KeptArchive archive = archives.find(attempt).orElseThrow(() -> missing(id, attempt));
        ContentDisposition download =
                ContentDisposition.attachment().filename(id + ".tar.gz").build();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(GZIP))
                .eTag(attempt.toString())
                .header(HttpHeaders.CONTENT_DISPOSITION, download.toString())
                .body(new ArchiveResource(archives, archive));
    }

    @DeleteMapping("/v1/invocations/{id}/artifacts")
    @Operation(
            operationId = "deleteInvocationArtifacts",
            summary = "Delete the archive of what an invocation changed in its files")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @ApiResponse(responseCode = "404", ref = "Problem")
    @ApiResponse(responseCode = "409", ref = "Problem")
    ResponseEntity<Void> delete(@PathVariable String id) throws IOException {
        UUID attempt = attempt(Ids.parse(id));
        if (archives.find(attempt).isEmpty() || !archives.delete(attempt)) {
            throw missing(id, attempt);
        }
        return ResponseEntity.noContent().build();
    }

    private UUID attempt(UUID invocation) {
        Optional<AsynchronousInvocation> found = invocations.find(invocation);
        if (found.isEmpty()) {
            return invocation;
        }
        UUID last = found.get().lastAttempt();
        if (last == null && !found.get().state().ended()) {
            throw new ProblemException(ProblemType.CONFLICT, "The invocation has not ended yet.");
        }
        return last == null ? invocation : last;
    }

    private ProblemException missing(String id, UUID attempt) {
        if (history.find(attempt).isEmpty() && invocations.find(Ids.parse(id)).isEmpty()) {
            return Ids.unknown(id);
        }
        Optional<ArtifactsView> artifacts =
                history.find(attempt).map(views::of).flatMap(view -> Optional.ofNullable(view.artifacts()));
        ProblemDetail problem =
                ProblemType.ARTIFACTS_NOT_FOUND.with("There are no artifacts of invocation '" + id + "'.");
        artifacts.ifPresent(view -> problem.setProperty("state", view.state()));
        return new ProblemException(problem, null);
    }
}
