package dev.mayfly.wasm;

/**
 * The module may be valid but is larger in some respect than this runtime accepts (core specification 2.0, appendix
 * A.2, lets every implementation have such limits). The message names the limit, its value, and what the module has.
 */
public final class ModuleLimitException extends ModuleException {

    private static final long serialVersionUID = 1L;

    private final String limit;
    private final long maximum;

    /**
     * @param limit the limit's name, as in the configuration
     * @param maximum its value
     * @param actual what the module has, or at least what it was found to have so far
     */
    public ModuleLimitException(String limit, long maximum, long actual, long offset) {
        super("limit " + limit + " exceeded: " + actual + " is more than " + maximum, offset);
        this.limit = limit;
        this.maximum = maximum;
    }

    /** The name of the limit. */
    public String limit() {
        return limit;
    }

    /** The value of the limit. */
    public long maximum() {
        return maximum;
    }
}
