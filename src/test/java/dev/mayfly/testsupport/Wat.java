package dev.mayfly.testsupport;

import com.dylibso.chicory.wabt.Wat2Wasm;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.validation.ModuleValidator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Modules for tests, from the WebAssembly text format. */
public final class Wat {

    private Wat() {}

    /** Converts a module to its binary; {@code $names} are lost, a name section can be written out. */
    public static byte[] toBinary(String text) {
        return Wat2Wasm.parse(text);
    }

    /** Decodes and validates a binary that must be valid. */
    public static Module decode(byte[] binary) {
        try {
            return new ModuleValidator()
                    .validate(new ByteArrayInputStream(binary))
                    .module();
        } catch (ModuleException e) {
            throw new IllegalArgumentException("offset " + e.offset() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
