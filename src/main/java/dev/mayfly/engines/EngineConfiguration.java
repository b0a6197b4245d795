package dev.mayfly.engines;

import dev.mayfly.sandbox.Engine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    private static final Logger log = LoggerFactory.getLogger(EngineConfiguration.class);

    @Bean
    Engine engine(EngineProperties properties) {
        Engine engine =
                switch (properties.engine()) {
                    case AUTO, WASMTIME -> wasmtime();
                    case MICROVM ->
                        throw new InvalidConfigurationPropertyValueException(
                                "mayfly.engine",
                                "microvm",
                                "This release has no micro-VM engine. Use 'auto' or 'wasmtime'.");
                };
        log.info("Instances run on engine '{}'", engine.name());
        return engine;
    }

    private static Engine wasmtime() {
        throw new IllegalStateException("the Wasmtime engine is not part of this build yet");
    }
}
