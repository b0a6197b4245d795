package dev.mayfly.functions;

import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.artifacts.ModuleProperties;
import dev.mayfly.artifacts.StagedArtifact;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.stereotype.Component;

/**
 * Makes versions. The bytes are staged on disk first, then checked, and stored last; whatever fails before leaves
 * nothing behind. Checking takes long and is done outside of transactions: where a function was changed meanwhile, what
 * was found out is compared with what is wanted now, and the module checked again if need be.
 */
@Component
class ModulePublisher implements FunctionPublisher {

    private final ArtifactStore store;
    private final ModuleChecks checks;
    private final ConfigurationRules rules;
    private final FunctionRegistry registry;
    private final FunctionQueries queries;
    private final ModuleProperties properties;
    private final DistributionSummary uploadBytes;

    ModulePublisher(
            ArtifactStore store,
            ModuleChecks checks,
            ConfigurationRules rules,
            FunctionRegistry registry,
            FunctionQueries queries,
            ModuleProperties properties,
            MeterRegistry meters) {
        this.store = store;
        this.checks = checks;
        this.rules = rules;
        this.registry = registry;
        this.queries = queries;
        this.properties = properties;
        this.uploadBytes = DistributionSummary.builder("mayfly.module.upload")
                .description("Size of uploaded modules, refused ones included")
                .baseUnit("bytes")
                .register(meters);
    }

    @Override
    public boolean exists(FunctionName name) {
        return queries.exists(name);
    }

    @Override
    public ResolvedVersion publish(FunctionName name, InputStream module, ConfigurationRequest configuration)
            throws IOException {
        VersionView version = publish(name, module, Optional.of(configuration), true);
        return new ResolvedVersion(
                name, version.version(), ContentDigest.parse(version.digest()), version.configuration());
    }

    /**
     * Publishes an upload.
     *
     * @param requested the configuration that came with it; without, the function's is used
     * @param activate whether {@code live} is to point to the new version
     */
    VersionView publish(
            FunctionName name, InputStream upload, Optional<ConfigurationRequest> requested, boolean activate)
            throws IOException {
        Optional<FunctionConfiguration> own = requested.map(rules::check);
        try (StagedArtifact staged = store.stage(upload, properties.maxSize().toBytes())) {
            uploadBytes.record((double) staged.size());
            FunctionConfiguration configuration = own.or(() -> queries.configuration(name))
                    .orElseGet(() -> rules.check(ConfigurationRequest.DEFAULTS));
            while (true) {
                CheckedModule module = checks.check(staged.digest(), staged.file(), configuration);
                Publication publication = new Publication(name, staged, module, own.isPresent(), activate);
                switch (registry.publish(publication)) {
                    case Publication.Published(VersionView version) -> {
                        return version;
                    }
                    case Publication.ConfigurationChanged(FunctionConfiguration changed) -> configuration = changed;
                }
            }
        }
    }

    /**
     * Configures a function.
     *
     * @param base the version whose module a new version is made of; by default the live one
     * @param activate whether {@code live} is to point to the result
     */
    Reconfiguration.Done configure(
            FunctionName name,
            ConfigurationRequest requested,
            OptionalInt base,
            boolean activate,
            Precondition precondition)
            throws IOException {
        FunctionConfiguration wanted = rules.check(requested);
        Reconfiguration change = new Reconfiguration(name, wanted, base, activate, precondition, Optional.empty());
        while (true) {
            switch (registry.configure(change)) {
                case Reconfiguration.Done done -> {
                    return done;
                }
                case Reconfiguration.CheckNeeded(ContentDigest digest) ->
                    change = change.with(checks.check(digest, store.locate(digest), wanted));
            }
        }
    }
}
