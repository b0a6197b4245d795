package dev.mayfly.performance;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.mayfly.abi.Context;
import dev.mayfly.compiler.BinarySource;
import dev.mayfly.compiler.Compiler;
import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.frontend.Frontend;
import dev.mayfly.compiler.frontend.ModuleEnvironment;
import dev.mayfly.compiler.x64.CpuFeatures;
import dev.mayfly.compiler.x64.X64Backend;
import dev.mayfly.image.Image;
import dev.mayfly.image.ImageBuilder;
import dev.mayfly.image.ImageLimits;
import dev.mayfly.testsupport.Wat;
import dev.mayfly.vmm.Ended;
import dev.mayfly.vmm.Ending;
import dev.mayfly.vmm.GuestMemory;
import dev.mayfly.vmm.Hypercalls;
import dev.mayfly.vmm.Hypervisor;
import dev.mayfly.vmm.LoadedImage;
import dev.mayfly.vmm.Prepared;
import dev.mayfly.vmm.Slot;
import dev.mayfly.vmm.SlotOptions;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.binary.BinaryLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Our compiler's code in a micro-VM, with a fresh instance for each run. */
final class MicroVmContender implements Contender {

    private static final long STACK_BYTES = 512 << 10;
    private static final long MEMORY_BYTES = 64 << 20;

    private final Image image;
    private final LoadedImage loaded;
    private final Slot slot;
    private final long entry;

    MicroVmContender(Hypervisor hypervisor, Path file) throws Exception {
        byte[] binary = Files.readAllBytes(file);
        Module module = Wat.decode(binary);
        image = new ImageBuilder(new ModuleEnvironment(module), binary, ImageLimits.DEFAULT)
                .build(compile(module, binary));
        entry = image.entry(module.exports().stream()
                .filter(export -> export.name().equals("run"))
                .findFirst()
                .orElseThrow()
                .index());
        loaded = hypervisor.load(image.guest(MEMORY_BYTES, STACK_BYTES));
        slot = hypervisor.openSlot(SlotOptions.DEFAULT);
    }

    private static List<CompiledFunction> compile(Module module, byte[] binary) throws Exception {
        BinarySource source = (offset, length) -> Arrays.copyOfRange(binary, (int) offset, (int) offset + length);
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            return new Compiler(
                            new X64Backend(CpuFeatures.V3), BinaryLimits.DEFAULT, Frontend.BLOCK_ARGUMENTS, executor, 1)
                    .compile(module, source);
        }
    }

    /** The code as the guest sees it, for a disassembler. */
    Image image() {
        return image;
    }

    @Override
    public long run(int amount) throws Exception {
        try (Prepared prepared = slot.prepare(loaded)) {
            prepared.memory().context().set(JAVA_LONG, Context.FRAME, amount);
            Ended ended = prepared.run(entry, new NoHypercalls());
            if (!(ended.ending() instanceof Ending.Exited)) {
                throw new IllegalStateException(ended.ending().toString());
            }
            return prepared.memory().context().get(JAVA_LONG, Context.FRAME);
        }
    }

    @Override
    public void close() {
        slot.close();
        loaded.close();
        image.close();
    }

    private static final class NoHypercalls implements Hypercalls {

        @Override
        public Next importCall(int index, GuestMemory memory) {
            return Next.STOP;
        }
    }
}
