package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.UnsupportedModuleException;
import dev.mayfly.wasm.binary.BinaryLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What becomes of a binary, in a form that reads well in tables of tests. */
final class Judgement {

    private Judgement() {}

    static String of(byte[] binary) {
        return of(binary, BinaryLimits.DEFAULT);
    }

    /** For example {@code valid} or {@code invalid: unknown local 3}. */
    static String of(byte[] binary, BinaryLimits limits) {
        try {
            ValidatedModule unused = new ModuleValidator(limits).validate(new ByteArrayInputStream(binary));
            return "valid";
        } catch (ModuleException e) {
            return kind(e) + ": " + e.getMessage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String kind(ModuleException error) {
        return switch (error) {
            case MalformedModuleException malformed -> "malformed";
            case InvalidModuleException invalid -> "invalid";
            case UnsupportedModuleException unsupported -> "unsupported";
            case ModuleLimitException limit -> "limit";
        };
    }
}
