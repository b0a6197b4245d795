package dev.mayfly.functions;

import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.artifacts.StagedArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The application's store, which fails once at the step that it is told. */
final class FaultyArtifactStore implements ArtifactStore {

    enum Step {
        STAGE,
        COMMIT,
        AFTER_COMMIT
    }

    /** What stands for the end of the process: nobody handles it. */
    static final class Crash extends Error {

        private static final long serialVersionUID = 1L;

        Crash(Step step) {
            super("crash at " + step);
        }
    }

    static class Configuration {

        @Bean
        @Primary
        FaultyArtifactStore faultyArtifactStore(@Qualifier("artifactStore") ArtifactStore store) {
            return new FaultyArtifactStore(store);
        }
    }

    private final ArtifactStore store;
    private final AtomicReference<@Nullable Step> fault = new AtomicReference<>();

    private FaultyArtifactStore(ArtifactStore store) {
        this.store = store;
    }

    void failAt(Step step) {
        fault.set(step);
    }

    private void reach(Step step) {
        if (fault.compareAndSet(step, null)) {
            throw new Crash(step);
        }
    }

    @Override
    public StagedArtifact stage(InputStream upload, long maxBytes) throws IOException {
        reach(Step.STAGE);
        return new Staged(store.stage(upload, maxBytes));
    }

    @Override
    public Path temporaryDirectory() {
        return store.temporaryDirectory();
    }

    @Override
    public StagedArtifact stage(Path file, ContentDigest digest) throws IOException {
        return new Staged(store.stage(file, digest));
    }

    @Override
    public Path locate(ContentDigest digest) throws IOException {
        return store.locate(digest);
    }

    @Override
    public List<ContentDigest> list() throws IOException {
        return store.list();
    }

    @Override
    public void delete(ContentDigest digest) throws IOException {
        store.delete(digest);
    }

    private final class Staged implements StagedArtifact {

        private final StagedArtifact staged;

        Staged(StagedArtifact staged) {
            this.staged = staged;
        }

        @Override
        public ContentDigest digest() {
            return staged.digest();
        }

        @Override
        public long size() {
            return staged.size();
        }

        @Override
        public Path file() {
            return staged.file();
        }

        @Override
        public void commit() throws IOException {
            reach(Step.COMMIT);
            staged.commit();
            reach(Step.AFTER_COMMIT);
        }

        @Override
        public void close() {
            staged.close();
        }
    }
}
