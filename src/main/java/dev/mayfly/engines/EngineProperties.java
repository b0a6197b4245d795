package dev.mayfly.engines;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The engine.
 *
 * @param engine what runs instances; {@code auto} takes the strongest isolation that works on this machine
 */
@ConfigurationProperties("mayfly")
record EngineProperties(@DefaultValue("auto") Choice engine) {

    /** What can be asked for. */
    enum Choice {
        AUTO,
        MICROVM,
        WASMTIME
    }
}
