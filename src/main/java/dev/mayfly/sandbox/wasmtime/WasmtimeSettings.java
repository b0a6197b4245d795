package dev.mayfly.sandbox.wasmtime;

/**
 * How the engine is set up.
 *
 * @param maxSystemCalls of one instance. The binding keeps about 50 bytes for each call of a guest to its host until the
 *     instance ends, so there must be a bound
 * @param backtraces whether traps come with a backtrace. The binding tells either where a guest trapped or exactly why;
 *     with backtraces, the reason is taken from the instruction, and a few have more than one
 */
public record WasmtimeSettings(long maxSystemCalls, boolean backtraces) {

    public static final WasmtimeSettings DEFAULT = new WasmtimeSettings(5_000_000, true);

    public WasmtimeSettings {
        if (maxSystemCalls < 1) {
            throw new IllegalArgumentException("maxSystemCalls must be positive: " + maxSystemCalls);
        }
    }
}
