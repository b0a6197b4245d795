package dev.mayfly.engines;

import dev.mayfly.artifacts.DataDirectoryProperties;
import dev.mayfly.sandbox.Engine;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.microvm.MicroVmEngine;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    private static final Logger log = LoggerFactory.getLogger(EngineConfiguration.class);

    @Bean
    Engine engine(EngineProperties properties, DataDirectoryProperties directories) throws EngineException {
        Engine engine = new EngineFactory(properties, directories.images(), MicroVmEngine::create).make();
        log.info("Instances run on engine '{}'", engine.name());
        return engine;
    }

    @Bean
    MeterBinder engineMeters(Engine engine) {
        return new EngineMeters(engine);
    }
}
