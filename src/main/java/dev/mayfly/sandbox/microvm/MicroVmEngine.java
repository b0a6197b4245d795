package dev.mayfly.sandbox.microvm;

import dev.mayfly.abi.MemoryMap;
import dev.mayfly.abi.TrapCode;
import dev.mayfly.compiler.Compiler;
import dev.mayfly.compiler.frontend.Frontend;
import dev.mayfly.compiler.x64.CpuFeatures;
import dev.mayfly.compiler.x64.X64Backend;
import dev.mayfly.image.Image;
import dev.mayfly.image.ImageStore;
import dev.mayfly.image.InstantiationTrapException;
import dev.mayfly.kvm.KvmUnavailableException;
import dev.mayfly.nativeaccess.Linux;
import dev.mayfly.nativeaccess.NativeAccess;
import dev.mayfly.sandbox.DeadlineTimer;
import dev.mayfly.sandbox.Engine;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.sandbox.ModuleBinary;
import dev.mayfly.sandbox.TrapKind;
import dev.mayfly.vmm.Hypervisor;
import dev.mayfly.vmm.LoadedImage;
import dev.mayfly.vmm.VmmException;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.binary.BinaryLimits;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Runs every instance in a micro-VM of its own. See {@code docs/sandbox.md} for what it promises. */
public final class MicroVmEngine implements Engine {

    /** What users and operators know it by. */
    public static final String NAME = "microvm";

    private static final System.Logger LOG = System.getLogger(MicroVmEngine.class.getName());

    private final Hypervisor hypervisor;
    private final InstantSource wallClock;
    private final RandomGenerator random = new SecureRandom();
    private final MachinePool machines;
    private final DeadlineTimer deadlines = new DeadlineTimer("deadlines");
    private final ExecutorService compilerThreads;
    private final ScheduledExecutorService trimmer;
    private final Optional<ImageStore> store;
    private final ImageMaker images;

    private MicroVmEngine(
            Hypervisor hypervisor,
            CpuFeatures features,
            Optional<ImageStore> store,
            MicroVmSettings settings,
            InstantSource wallClock) {
        this.hypervisor = hypervisor;
        this.store = store;
        this.wallClock = wallClock;
        this.machines = new MachinePool(hypervisor, settings.slots(), settings.idleMachines());
        this.compilerThreads = Executors.newFixedThreadPool(
                settings.compilerThreads(),
                Thread.ofPlatform().name("compiler-", 1).daemon().factory());
        this.trimmer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("machine-trimmer").daemon().factory());
        Compiler compiler = new Compiler(
                new X64Backend(features),
                BinaryLimits.DEFAULT,
                Frontend.BLOCK_ARGUMENTS,
                compilerThreads,
                settings.compilerThreads());
        this.images = new ImageMaker(compiler, features, store);
        long half = Math.max(1, settings.idleTimeout().toMillis() / 2);
        var unused =
                trimmer.scheduleWithFixedDelay(() -> trim(settings.idleTimeout()), half, half, TimeUnit.MILLISECONDS);
    }

    /** An exception would end the trimming for good. */
    private void trim(Duration idleTimeout) {
        try {
            machines.trim(idleTimeout);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "idle machines could not be given back", e);
        }
    }

    /**
     * Opens the machine's hypervisor.
     *
     * @param wallClock what guests read the time of day from
     * @throws MicroVmUnavailableException if there is none that can be used, with what to do about it
     * @throws EngineException if the directory for images cannot be used
     */
    public static MicroVmEngine create(MicroVmSettings settings, InstantSource wallClock)
            throws MicroVmUnavailableException, EngineException {
        return switch (NativeAccess.probe()) {
            case NativeAccess.Unavailable(String remedy) -> throw new MicroVmUnavailableException(remedy);
            case NativeAccess.Available(Linux linux) -> {
                CpuFeatures features = HostProcessor.read().features();
                Optional<ImageStore> store = settings.images().isPresent()
                        ? Optional.of(open(linux, settings.images().get()))
                        : Optional.empty();
                try {
                    yield new MicroVmEngine(openTried(linux), features, store, settings, wallClock);
                } catch (KvmUnavailableException | VmmException e) {
                    throw new MicroVmUnavailableException(String.valueOf(e.getMessage()), e);
                }
            }
        };
    }

    private static Hypervisor openTried(Linux linux) throws KvmUnavailableException, VmmException {
        Hypervisor hypervisor = Hypervisor.open(linux);
        try {
            hypervisor.tryOut();
            return hypervisor;
        } catch (VmmException | RuntimeException | Error e) {
            hypervisor.close();
            throw e;
        }
    }

    private static ImageStore open(Linux linux, MicroVmSettings.Images images) throws EngineException {
        try {
            return ImageStore.open(linux, images.directory(), images.maxBytes(), Clock.systemUTC());
        } catch (IOException e) {
            throw new EngineException("the directory for images, " + images.directory() + ", cannot be used", e);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ExecutableModule compile(Module module, ModuleBinary binary, InstanceLimits limits)
            throws ModuleException, EngineException {
        GuestProgram program = GuestProgram.of(module);
        try {
            return open(program, images.get(module, binary, limits), limits);
        } catch (InstantiationTrapException e) {
            return new UninstantiableModule(NAME, kind(e.code()));
        } catch (VmmException e) {
            throw new EngineException("the image cannot be loaded", e);
        }
    }

    private ExecutableModule open(GuestProgram program, Image image, InstanceLimits limits)
            throws ModuleLimitException, VmmException {
        try {
            return new MicroVmModule(new ModuleCode(program, image, load(image, limits)), this);
        } catch (ModuleLimitException | VmmException | RuntimeException e) {
            image.close();
            throw e;
        }
    }

    private LoadedImage load(Image image, InstanceLimits limits) throws ModuleLimitException, VmmException {
        long memoryBytes = (long) limits.memoryPages() * InstanceLimits.PAGE_BYTES;
        long stackPages = Math.ceilDiv(limits.stackBytes(), MemoryMap.PAGE);
        return hypervisor.load(image.guest(memoryBytes, stackPages * MemoryMap.PAGE));
    }

    private static TrapKind kind(TrapCode code) {
        return code == TrapCode.TABLE_OUT_OF_BOUNDS ? TrapKind.TABLE_OUT_OF_BOUNDS : TrapKind.MEMORY_OUT_OF_BOUNDS;
    }

    /** How many machines run an instance. */
    public int machinesInUse() {
        return machines.leased();
    }

    /** How many machines wait for one. */
    public int idleMachines() {
        return machines.idle();
    }

    /** What became of images so far, if they are kept. */
    public Optional<ImageStore.Statistics> images() {
        return store.map(ImageStore::statistics);
    }

    @Override
    public void close() {
        trimmer.shutdownNow();
        compilerThreads.shutdownNow();
        deadlines.close();
        machines.close();
        hypervisor.close();
    }

    InstantSource wallClock() {
        return wallClock;
    }

    RandomGenerator random() {
        return random;
    }

    MachinePool machines() {
        return machines;
    }

    DeadlineTimer deadlines() {
        return deadlines;
    }
}
