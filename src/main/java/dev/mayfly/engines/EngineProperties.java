package dev.mayfly.engines;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The engine.
 *
 * @param engine what runs instances; {@code auto} takes the strongest isolation that works on this machine
 * @param sandbox how instances are kept apart
 * @param microvm settings of the micro-VM engine
 * @param wasmtime settings of the Wasmtime engine
 */
@Validated
@ConfigurationProperties("mayfly")
record EngineProperties(
        @DefaultValue("auto") Choice engine,
        @DefaultValue @Valid Sandbox sandbox,
        @DefaultValue @Valid MicroVm microvm,
        @DefaultValue @Valid Wasmtime wasmtime) {

    /** What can be asked for. */
    enum Choice {
        AUTO,
        MICROVM,
        WASMTIME
    }

    /**
     * How instances are kept apart.
     *
     * @param reuse whether a machine serves one instance after the other
     * @param fallback what runs a module that the micro-VM engine's compiler cannot compile
     */
    record Sandbox(
            @DefaultValue("reset") Reuse reuse,
            @DefaultValue("none") Fallback fallback) {

        /** What happens to an instance's machine. */
        enum Reuse {
            /** It is wiped for the next instance of the same module. */
            RESET,
            /** It is given back, and the next instance gets a new one. */
            NEVER
        }

        /** What runs a module that the micro-VM engine cannot. */
        enum Fallback {
            /** Nothing: it is refused. */
            NONE,
            /** The Wasmtime engine, in this process: such modules are isolated by their compiler alone. */
            WASMTIME
        }
    }

    /**
     * The micro-VM engine.
     *
     * @param idleMachines that are kept at most
     * @param idleTimeout after which an idle machine is given back
     * @param retainedMemory that an idle machine may keep of what instances wrote
     * @param compilerThreads that compile one module; by default as many as there are processors
     */
    record MicroVm(
            @DefaultValue("64") @Min(0) int idleMachines,
            @DefaultValue("30s") Duration idleTimeout,
            @DefaultValue("16MB") DataSize retainedMemory,
            @Nullable @Min(1) Integer compilerThreads) {}

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
