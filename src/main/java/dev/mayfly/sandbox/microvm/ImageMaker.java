package dev.mayfly.sandbox.microvm;

import dev.mayfly.compiler.Compiler;
import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.frontend.ModuleEnvironment;
import dev.mayfly.image.Image;
import dev.mayfly.image.ImageBuilder;
import dev.mayfly.image.ImageLimits;
import dev.mayfly.image.InstantiationTrapException;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.sandbox.ModuleBinary;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

/** Makes images of modules. Thread-safe. */
final class ImageMaker {

    private final Compiler compiler;

    ImageMaker(Compiler compiler) {
        this.compiler = compiler;
    }

    /**
     * Makes a module's image.
     *
     * @throws InstantiationTrapException if every instance would trap before its code runs
     * @throws ModuleException if the module uses what the compiler does not have, or is too complex for it
     */
    Image make(Module module, ModuleBinary binary, InstanceLimits limits)
            throws InstantiationTrapException, ModuleException, EngineException {
        try {
            byte[] bytes = Files.readAllBytes(binary.file());
            List<CompiledFunction> functions = compiler.compile(
                    module, (offset, size) -> Arrays.copyOfRange(bytes, (int) offset, (int) offset + size));
            ImageLimits imageLimits = new ImageLimits(limits.tableElements(), ImageLimits.DEFAULT.imageBytes());
            return new ImageBuilder(new ModuleEnvironment(module), bytes, imageLimits).build(functions);
        } catch (IOException e) {
            throw new EngineException("the module's file cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("compiling was interrupted", e);
        }
    }
}
