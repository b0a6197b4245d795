package dev.mayfly.image;

import com.dylibso.chicory.wabt.Wat2Wasm;
import dev.mayfly.compiler.Compiler;
import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.frontend.Frontend;
import dev.mayfly.compiler.frontend.ModuleEnvironment;
import dev.mayfly.compiler.x64.CpuFeatures;
import dev.mayfly.compiler.x64.X64Backend;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.binary.BinaryLimits;
import dev.mayfly.wasm.validation.ModuleValidator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A module to make images of. */
final class TestModule {

    static final ImageLimits LIMITS = new ImageLimits(20_000, 512L << 20);

    private final byte[] binary;
    private final Module module;

    private TestModule(byte[] binary, Module module) {
        this.binary = binary;
        this.module = module;
    }

    static TestModule ofText(String wat) {
        return of(Wat2Wasm.parse(wat));
    }

    static TestModule of(byte[] binary) {
        try {
            return new TestModule(
                    binary,
                    new ModuleValidator()
                            .validate(new ByteArrayInputStream(binary))
                            .module());
        } catch (IOException | ModuleException e) {
            throw new IllegalArgumentException(e);
        }
    }

    List<CompiledFunction> compile() {
        return compile(CpuFeatures.V3);
    }

    List<CompiledFunction> compile(CpuFeatures features) {
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            return new Compiler(new X64Backend(features), BinaryLimits.DEFAULT, Frontend.BLOCK_ARGUMENTS, executor, 2)
                    .compile(module, (offset, size) -> Arrays.copyOfRange(binary, (int) offset, (int) offset + size));
        } catch (IOException | ModuleException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Image image() {
        return image(CpuFeatures.V3, LIMITS);
    }

    Image image(CpuFeatures features, ImageLimits limits) {
        try {
            return build(compile(features), limits);
        } catch (ModuleException | InstantiationTrapException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What comes of the module with these limits. */
    Image build(List<CompiledFunction> functions, ImageLimits limits, long... importedGlobals)
            throws ModuleException, InstantiationTrapException {
        return new ImageBuilder(new ModuleEnvironment(module), binary, limits, importedGlobals).build(functions);
    }

    ImageKey key() {
        return new ImageKey(digest(), CpuFeatures.V3, LIMITS.tableElements());
    }

    private String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(binary));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
