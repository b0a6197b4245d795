package dev.mayfly.sandbox;

/**
 * How large a module may be to be run, where the decoder's limits, which every valid module of the world should pass, are
 * not narrow enough.
 *
 * @param imports in the module
 * @param exports in the module
 * @param globals in the module
 * @param tables in the module; each may have as many elements as {@link InstanceLimits#tableElements}
 * @param initialMemoryPages the memory's minimum, 64 KiB each, whatever the function may use; Wasmtime's binding can
 *     show less than 2 GiB of it
 */
public record ModuleLimits(int imports, int exports, int globals, int tables, int initialMemoryPages) {

    private static final int PAGES_BELOW_2_GIB = 32767;

    public static final ModuleLimits DEFAULT = new ModuleLimits(1_000, 100_000, 100_000, 16, PAGES_BELOW_2_GIB);

    public ModuleLimits {
        if (initialMemoryPages > PAGES_BELOW_2_GIB) {
            throw new IllegalArgumentException(
                    "initialMemoryPages must be at most " + PAGES_BELOW_2_GIB + ": " + initialMemoryPages);
        }
    }
}
