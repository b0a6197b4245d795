package dev.mayfly.invocations.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mayfly.archives.ArchiveState;
import dev.mayfly.archives.ArchiveSummary;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.NamedInterface;

/**
 * What became of the archive of what an invocation changed in its files.
 *
 * @param href where it is fetched; only while it is kept
 * @param bytes of the archive, which is compressed
 * @param files how many entries it has
 * @param expires when it is deleted, or was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@NamedInterface("http")
public record ArtifactsView(
        @Schema(
                allowableValues = {
                    "kept",
                    "unchanged",
                    "too-large",
                    "too-slow",
                    "unrepresentable",
                    "storage-full",
                    "failed",
                    "expired",
                    "deleted"
                })
        String state,

        @Nullable String href,
        @Nullable Long bytes,
        @Nullable Integer files,
        @Nullable Instant expires) {

    static @Nullable ArtifactsView of(UUID id, @Nullable ArchiveSummary archive) {
        if (archive == null) {
            return null;
        }
        boolean was = archive.expires() != null;
        return new ArtifactsView(
                archive.state().id(),
                archive.state() == ArchiveState.KEPT ? "/v1/invocations/" + id + "/artifacts" : null,
                was ? archive.bytes() : null,
                was ? archive.files() : null,
                archive.expires());
    }
}
