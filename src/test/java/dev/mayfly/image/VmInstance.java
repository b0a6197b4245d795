package dev.mayfly.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.mayfly.abi.Context;
import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.frontend.Frontend;
import dev.mayfly.compiler.frontend.ModuleEnvironment;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.x64.X64Backend;
import dev.mayfly.vmm.Ended;
import dev.mayfly.vmm.Ending;
import dev.mayfly.vmm.GuestImage;
import dev.mayfly.vmm.GuestMemory;
import dev.mayfly.vmm.Hypercalls;
import dev.mayfly.vmm.Hypervisor;
import dev.mayfly.vmm.LinearMemory;
import dev.mayfly.vmm.LoadedImage;
import dev.mayfly.vmm.Permission;
import dev.mayfly.vmm.Prepared;
import dev.mayfly.vmm.Region;
import dev.mayfly.vmm.VmmException;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.binary.BinaryLimits;
import dev.mayfly.wasm.binary.FunctionBody;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** An instance of a module whose calls each run in a micro-VM; what they leave in memory, the next call finds. */
public final class VmInstance implements AutoCloseable {

    private static final long STACK_BYTES = 1 << 20;
    private static final long MEMORY_LIMIT = 64L << 20;
    private static final ImageLimits LIMITS = new ImageLimits(20_000, 64 << 20);

    private final Hypervisor hypervisor;
    private final Slots slots;
    private final List<HostFunction> imports;
    private final Module module;
    private final Image image;
    private LoadedImage loaded;
    private byte[] data;
    private byte[] linear;
    private boolean changed;

    /** How long linear memory is in the loaded image. */
    private int loadedLength;

    public VmInstance(
            Hypervisor hypervisor,
            Slots slots,
            Module module,
            byte[] binary,
            X64Backend backend,
            UnaryOperator<Function> optimizer,
            List<HostFunction> imports,
            long... importedGlobals)
            throws IOException, ModuleException, InstantiationTrapException, VmmException {
        this.hypervisor = hypervisor;
        this.slots = slots;
        this.imports = imports;
        this.module = module;
        ModuleEnvironment environment = new ModuleEnvironment(module);
        Frontend frontend = new Frontend(environment, Frontend.BLOCK_ARGUMENTS);
        List<CompiledFunction> functions = new ArrayList<>();
        for (int i = 0; i < module.bodies().count(); i++) {
            int offset = (int) module.bodies().offset(i);
            byte[] body =
                    Arrays.copyOfRange(binary, offset, offset + module.bodies().size(i));
            Function function = frontend.translate(FunctionBody.of(i, body, offset, BinaryLimits.DEFAULT));
            functions.add(backend.generate(optimizer.apply(function)));
        }
        image = new ImageBuilder(environment, binary, LIMITS, importedGlobals).build(functions);
        data = Contents.bytes(image.data().contents(), image.data().bytes());
        linear = Contents.bytes(image.memory().contents(), image.memory().initialBytes());
        loaded = load();
    }

    Image image() {
        return image;
    }

    private LoadedImage load() throws VmmException {
        GuestImage guest = guest();
        List<Region> regions = guest.regions().stream()
                .map(region -> region.permission() == Permission.DATA
                        ? new Region(region.address(), data.length, Permission.DATA, MemorySegment.ofArray(data))
                        : region)
                .toList();
        loadedLength = linear.length;
        LinearMemory memory = new LinearMemory(
                linear.length, Math.max(linear.length, guest.memory().limitBytes()), MemorySegment.ofArray(linear));
        return hypervisor.load(new GuestImage(regions, guest.context(), STACK_BYTES, memory, guest.memoryAccesses()));
    }

    private GuestImage guest() {
        try {
            return image.guest(Math.max(MEMORY_LIMIT, linear.length), STACK_BYTES);
        } catch (ModuleLimitException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Calls a function; arguments and results are bits, of an i32 or f32 in the lower half. */
    public long[] call(int function, long... arguments) throws VmmException {
        FunctionType type = module.functions().get(function);
        try (Prepared prepared = slots.enter().prepare(loaded)) {
            if (changed) {
                restore(prepared.memory());
            }
            MemorySegment context = prepared.memory().context();
            for (int i = 0; i < arguments.length; i++) {
                context.set(JAVA_LONG, frame(i), arguments[i]);
            }
            Ended ended = prepared.run(image.entry(function), new ImportCalls());
            long[] results = new long[type.results().size()];
            if (ended.ending() instanceof Ending.Exited) {
                MemorySegment after = prepared.memory().context();
                for (int i = 0; i < results.length; i++) {
                    results[i] = after.get(JAVA_LONG, frame(i));
                }
            }
            save(prepared.memory());
            return switch (ended.ending()) {
                case Ending.Exited() -> results;
                case Ending.Trapped(var code) -> throw new TrapException(code);
                default ->
                    throw new IllegalStateException(ended.ending() + " rip "
                            + Long.toHexString(ended.registers().rip()));
            };
        } finally {
            slots.leave();
            if (linear.length != loadedLength) {
                reload();
            }
        }
    }

    private static long frame(int index) {
        return Context.FRAME + (long) index * Context.FRAME_SLOT_BYTES;
    }

    private void restore(GuestMemory memory) {
        MemorySegment.copy(data, 0, memory.data(image.data().address(), data.length), JAVA_BYTE, 0, data.length);
        MemorySegment.copy(linear, 0, memory.linear(), JAVA_BYTE, 0, linear.length);
    }

    private void save(GuestMemory memory) {
        data = memory.data(image.data().address(), data.length).toArray(JAVA_BYTE);
        linear = memory.linear().toArray(JAVA_BYTE);
        changed = true;
    }

    /** Memory has grown: a new image begins with it as it is. */
    private void reload() throws VmmException {
        slots.trim();
        loaded.close();
        loaded = load();
        changed = false;
    }

    /** The bits of a global. */
    long global(int index) {
        int offset = (int) (image.global(index) - image.data().address());
        return MemorySegment.ofArray(data).get(JAVA_LONG.withByteAlignment(1), offset);
    }

    /** All of linear memory. */
    public byte[] linear() {
        return linear.clone();
    }

    @Override
    public void close() {
        slots.trim();
        loaded.close();
    }

    /** What an import does. */
    public interface HostFunction {
        long[] call(long[] arguments) throws VmmException;
    }

    private final class ImportCalls implements Hypercalls {

        @Override
        public Next importCall(int index, GuestMemory memory) {
            MemorySegment context = memory.context();
            long[] arguments =
                    new long[module.functions().get(index).parameters().size()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = context.get(JAVA_LONG, frame(i));
            }
            try {
                long[] results = imports.get(index).call(arguments);
                for (int i = 0; i < results.length; i++) {
                    context.set(JAVA_LONG, frame(i), results[i]);
                }
            } catch (VmmException e) {
                throw new IllegalStateException(e);
            }
            return Next.RESUME;
        }
    }
}
