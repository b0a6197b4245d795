package dev.mayfly.functions;

import dev.mayfly.artifacts.ContentDigest;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A module that is stored, or about to be. Whoever puts its file in place or deletes it holds a lock on the row, so that
 * a version that is being published and the sweep of modules without versions cannot miss each other.
 */
@Entity
@Table(name = "modules")
class StoredModule {

    @Id
    private String digest;

    private long sizeBytes;

    /** Unknown for a file that was found without a row. */
    @Column(name = "interface", length = 1_000_000)
    @Convert(converter = JsonColumn.OfModuleInterface.class)
    private @Nullable ModuleInterface moduleInterface;

    /** When it was last published or released: the time from which an unused module is kept for a while. */
    private Instant touchedAt;

    @SuppressWarnings("NullAway.Init")
    protected StoredModule() {}

    StoredModule(ContentDigest digest, long sizeBytes, Instant now) {
        this.digest = digest.hex();
        this.sizeBytes = sizeBytes;
        this.touchedAt = now;
    }

    ContentDigest digest() {
        return new ContentDigest(digest);
    }

    long sizeBytes() {
        return sizeBytes;
    }

    @Nullable
    ModuleInterface moduleInterface() {
        return moduleInterface;
    }

    Instant touchedAt() {
        return touchedAt;
    }

    void published(ModuleInterface described, Instant now) {
        this.moduleInterface = described;
        this.touchedAt = now;
    }
}
