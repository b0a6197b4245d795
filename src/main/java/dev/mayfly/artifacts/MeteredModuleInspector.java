package dev.mayfly.artifacts;

import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.validation.ModuleValidator;
import dev.mayfly.wasm.validation.ValidatedModule;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Our own decoder and validator, with the time that each takes as metrics. */
final class MeteredModuleInspector implements ModuleInspector {

    private final ModuleValidator validator;
    private final Timer decoding;
    private final Timer validating;

    MeteredModuleInspector(ModuleValidator validator, MeterRegistry meters) {
        this.validator = validator;
        this.decoding = Timer.builder("mayfly.module.decode")
                .description("Time spent on reading the binary format of a module")
                .register(meters);
        this.validating = Timer.builder("mayfly.module.validate")
                .description("Time spent on validating a module")
                .register(meters);
    }

    @Override
    public ValidatedModule inspect(Path binary) throws IOException, ModuleException {
        try (InputStream in = Files.newInputStream(binary)) {
            ValidatedModule validated = validator.validate(in);
            decoding.record(validated.decoding());
            validating.record(validated.validating());
            return validated;
        }
    }
}
