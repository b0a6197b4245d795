package dev.mayfly.compiler.frontend;

import com.dylibso.chicory.wabt.Wat2Wasm;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Verifier;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.binary.BinaryLimits;
import dev.mayfly.wasm.binary.FunctionBody;
import dev.mayfly.wasm.validation.ModuleValidator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Translates functions of modules in the text format, or made of bytes. */
final class Translation {

    private Translation() {}

    /** The first function that a module in the text format defines. */
    static Function ofText(String wat) throws ModuleException {
        return ofModule(Wat2Wasm.parse(wat), Frontend.BLOCK_ARGUMENTS);
    }

    static Function ofModule(byte[] binary, int blockArguments) throws ModuleException {
        try {
            Module module = new ModuleValidator()
                    .validate(new ByteArrayInputStream(binary))
                    .module();
            int offset = (int) module.bodies().offset(0);
            byte[] body =
                    Arrays.copyOfRange(binary, offset, offset + module.bodies().size(0));
            Function function = new Frontend(new ModuleEnvironment(module), blockArguments)
                    .translate(FunctionBody.of(0, body, offset, BinaryLimits.DEFAULT));
            Verifier.verify(function);
            return function;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A module with one function of type {@code (i32) -> ()}, given by the bytes of its body without size and final end. */
    static byte[] module(byte[] localsAndInstructions) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        out.writeBytes(new byte[] {1, 5, 1, 0x60, 1, 0x7F, 0});
        out.writeBytes(new byte[] {3, 2, 1, 0});
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        code.write(1);
        writeNumber(code, localsAndInstructions.length + 1);
        code.writeBytes(localsAndInstructions);
        code.write(0x0B);
        out.write(10);
        writeNumber(out, code.size());
        out.writeBytes(code.toByteArray());
        return out.toByteArray();
    }

    static void writeNumber(ByteArrayOutputStream out, int number) {
        int rest = number;
        while (rest > 0x7F) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
