package dev.mayfly.engines;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The engine.
 *
 * @param engine what runs instances; {@code auto} takes the strongest isolation that works on this machine
 * @param wasmtime settings of the Wasmtime engine
 */
@Validated
@ConfigurationProperties("mayfly")
record EngineProperties(
        @DefaultValue("auto") Choice engine,
        @DefaultValue @Valid Wasmtime wasmtime) {

    /** What can be asked for. */
    enum Choice {
        AUTO,
        MICROVM,
        WASMTIME
    }

    /**
     * The Wasmtime engine.
     *
     * @param maxSystemCalls of one instance; the binding keeps some 50 bytes for each until the instance ends
     * @param backtraces whether a trap comes with a backtrace; without, its kind is exact in all cases
     */
    record Wasmtime(
            @DefaultValue("5000000") @Min(1) long maxSystemCalls,
            @DefaultValue("true") boolean backtraces) {}
}
