package dev.mayfly.sandbox.microvm;

import dev.mayfly.compiler.Compiler;
import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.frontend.ModuleEnvironment;
import dev.mayfly.compiler.x64.CpuFeatures;
import dev.mayfly.image.Image;
import dev.mayfly.image.ImageBuilder;
import dev.mayfly.image.ImageKey;
import dev.mayfly.image.ImageLimits;
import dev.mayfly.image.ImageStore;
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
import java.util.Optional;

/** Makes images of modules, or finds those that were made before. Thread-safe. */
final class ImageMaker {

    private final Compiler compiler;
    private final CpuFeatures features;
    private final Optional<ImageStore> store;

    /**
     * Makes a maker of images.
     *
     * @param compiler for a processor with the features
     * @param store where images are kept, if they are
     */
    ImageMaker(Compiler compiler, CpuFeatures features, Optional<ImageStore> store) {
        this.compiler = compiler;
        this.features = features;
        this.store = store;
    }

    /**
     * A module's image, which the caller closes.
     *
     * @throws InstantiationTrapException if every instance would trap before its code runs
     * @throws ModuleException if the module uses what the compiler does not have, or is too complex for it
     */
    Image get(Module module, ModuleBinary binary, InstanceLimits limits)
            throws InstantiationTrapException, ModuleException, EngineException {
        ImageLimits imageLimits = new ImageLimits(limits.tableElements(), ImageLimits.DEFAULT.imageBytes());
        ImageKey key = new ImageKey(binary.digest(), features, limits.tableElements());
        try {
            return store.isPresent()
                    ? store.get().get(key, () -> make(module, binary, imageLimits))
                    : make(module, binary, imageLimits);
        } catch (IOException e) {
            throw new EngineException("the module, or its image, cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("compiling was interrupted", e);
        }
    }

    private Image make(Module module, ModuleBinary binary, ImageLimits limits)
            throws IOException, InterruptedException, InstantiationTrapException, ModuleException {
        byte[] bytes = Files.readAllBytes(binary.file());
        List<CompiledFunction> functions = compiler.compile(
                module, (offset, size) -> Arrays.copyOfRange(bytes, (int) offset, (int) offset + size));
        return new ImageBuilder(new ModuleEnvironment(module), bytes, limits).build(functions);
    }
}
