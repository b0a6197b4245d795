package dev.mayfly.sandbox.wasmtime;

/**
 * How the engine is set up.
 *
 * @param maxSystemCalls of one instance. The binding keeps about 50 bytes for each call of a guest to its host until the
 *     instance ends, so there must be a bound
 */
public record WasmtimeSettings(long maxSystemCalls) {

    public static final WasmtimeSettings DEFAULT = new WasmtimeSettings(5_000_000);

    public WasmtimeSettings {
        if (maxSystemCalls < 1) {
            throw new IllegalArgumentException("maxSystemCalls must be positive: " + maxSystemCalls);
        }
    }
}
