package dev.mayfly.artifacts;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** Opens the stores of this process, one for each kind of content. */
public final class ArtifactStores {

    private final ArtifactPlace usual;
    private final ObjectProvider<JdbcClient> jdbc;
    private final ObjectProvider<PlatformTransactionManager> transactions;

    /**
     * A process that has no stores yet.
     *
     * @param usual where contents are kept, unless configured otherwise for one kind
     * @param jdbc the database, in which nothing is kept by those who have none
     */
    ArtifactStores(
            ArtifactPlace usual,
            ObjectProvider<JdbcClient> jdbc,
            ObjectProvider<PlatformTransactionManager> transactions) {
        this.usual = usual;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * Opens a store. What was in files before it is kept in the database is copied there first.
     *
     * @param directory of files, the cache of those in the database included
     * @param place that is configured for this kind; null for the usual one
     * @param cache how much disk files may take that are also in the database
     * @param check of these files
     */
    public ArtifactStore open(
            Path directory, @Nullable ArtifactPlace place, ArtifactTables tables, DataSize cache, FileCheck check)
            throws IOException {
        FileArtifactStore files = new FileArtifactStore(directory);
        if (placeOf(place) == ArtifactPlace.FILES) {
            return files;
        }
        ArtifactChunks chunks = new ArtifactChunks(jdbc.getObject(), tables);
        new FormerFiles(files, chunks, new TransactionTemplate(transactions.getObject())).store();
        return new DatabaseArtifactStore(chunks, files, cache.toBytes(), check);
    }

    /**
     * Where contents of a kind are kept.
     *
     * @param configured for this kind; null for the usual place
     */
    public ArtifactPlace placeOf(@Nullable ArtifactPlace configured) {
        return configured == null ? usual : configured;
    }
}
