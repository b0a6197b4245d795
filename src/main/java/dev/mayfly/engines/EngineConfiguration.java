package dev.mayfly.engines;

import dev.mayfly.sandbox.Engine;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.wasmtime.WasmtimeEngine;
import dev.mayfly.sandbox.wasmtime.WasmtimeSettings;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    private static final Logger log = LoggerFactory.getLogger(EngineConfiguration.class);

    @Bean
    Engine engine(EngineProperties properties) throws EngineException {
        Engine engine =
                switch (properties.engine()) {
                    case AUTO, WASMTIME ->
                        WasmtimeEngine.create(wasmtimeSettings(properties.wasmtime()), InstantSource.system());
                    case MICROVM ->
                        throw new InvalidConfigurationPropertyValueException(
                                "mayfly.engine",
                                "microvm",
                                "This release has no micro-VM engine. Use 'auto' or 'wasmtime'.");
                };
        log.info("Instances run on engine '{}'", engine.name());
        return engine;
    }

    private static WasmtimeSettings wasmtimeSettings(EngineProperties.Wasmtime wasmtime) {
        return new WasmtimeSettings(wasmtime.maxSystemCalls(), wasmtime.backtraces());
    }
}
