package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.binary.BinaryLimits;
import dev.mayfly.wasm.binary.ModuleDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Reads a module and validates it on the way, in one pass and in memory that does not grow with function bodies, data or
 * element segments. Stateless.
 */
public final class ModuleValidator {

    private final BinaryLimits limits;

    /** Validates with the default limits. */
    public ModuleValidator() {
        this(BinaryLimits.DEFAULT);
    }

    public ModuleValidator(BinaryLimits limits) {
        this.limits = limits;
    }

    /**
     * Decodes and validates a module.
     *
     * @param binary is read to its end, not closed; needs no buffering
     * @throws ModuleException if the module is malformed, invalid, beyond a limit, or uses what is not supported
     * @throws IOException if reading failed
     */
    public ValidatedModule validate(InputStream binary) throws IOException, ModuleException {
        long start = System.nanoTime();
        ModuleChecker checker = new ModuleChecker(limits);
        long size = ModuleDecoder.decode(binary, limits, checker);
        Duration whole = Duration.ofNanos(System.nanoTime() - start);
        Duration validating = Duration.ofNanos(checker.bodyNanos());
        return new ValidatedModule(checker.module(size), whole.minus(validating), validating);
    }
}
