package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.WasmValue;
import dev.mayfly.wasi.Host;
import dev.mayfly.wasi.LinearMemory;
import dev.mayfly.wasi.SystemCall;
import dev.mayfly.wasi.WasiProcess;
import dev.mayfly.wasm.FunctionType;
import io.github.kawamuray.wasmtime.Disposable;
import io.github.kawamuray.wasmtime.Extern;
import io.github.kawamuray.wasmtime.Func;
import io.github.kawamuray.wasmtime.FuncType;
import io.github.kawamuray.wasmtime.Instance;
import io.github.kawamuray.wasmtime.Memory;
import io.github.kawamuray.wasmtime.Module;
import io.github.kawamuray.wasmtime.Store;
import io.github.kawamuray.wasmtime.Val;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The native side of one instance: a store and everything in it. Made, used and closed by one thread. */
final class WasmtimeInstance implements AutoCloseable {

    private static final FuncType HOST_FUNCTION_TYPE = new FuncType(new Val.Type[0], new Val.Type[0]);

    private final CompiledModule code;
    private final Store<Void> store;
    private final Arena arena = Arena.ofConfined();
    private final Deque<Disposable> handles = new ArrayDeque<>();
    private Optional<Parts> parts = Optional.empty();

    /** What there is once the instance is made. */
    private record Parts(Instance guest, Optional<InstanceMemory> memory, Memory frameMemory, SystemCallFrame frame) {}

    WasmtimeInstance(CompiledModule code) {
        this.code = code;
        this.store = new Store<>(null, code.engine());
    }

    Store<Void> store() {
        return store;
    }

    /** Makes the instance. None of the guest's code runs yet, but its active segments may trap. */
    void instantiate(Optional<String> memoryExport, HostFunction hostFunction, InstanceSpec spec, Host host) {
        Instance stubs = own(new Instance(store, code.stubs(), hostFunctions(hostFunction)));
        Memory frameMemory = export(stubs, SystemCallStubs.FRAME);
        SystemCallFrame frame = new SystemCallFrame(new InstanceMemory(store, frameMemory, arena).segment());
        Instance guest = own(new Instance(store, code.guest(), imports(stubs)));
        Optional<InstanceMemory> memory =
                memoryExport.map(name -> new InstanceMemory(store, export(guest, name), arena));
        LinearMemory linear = memory.<LinearMemory>map(known -> known).orElse(() -> MemorySegment.NULL);
        hostFunction.bind(frame, new WasiProcess(linear, spec.program(), spec.streams(), host, spec.confinement()));
        parts = Optional.of(new Parts(guest, memory, frameMemory, frame));
    }

    /**
     * Calls an exported function.
     *
     * @throws IllegalArgumentException if the arguments do not fit its type
     */
    List<WasmValue> call(String export, FunctionType type, List<WasmValue> arguments) {
        if (!arguments.stream().map(WasmValue::type).toList().equals(type.parameters())) {
            throw new IllegalArgumentException("the arguments of \"" + export + "\" must be " + type.parameters());
        }
        Parts made = parts();
        for (int i = 0; i < arguments.size(); i++) {
            made.frame().argument(i, arguments.get(i).bits());
        }
        Func function = own(made.guest().getFunc(store, export).orElseThrow());
        launch(type, List.of(Extern.fromFunc(function), Extern.fromMemory(made.frameMemory())));
        List<WasmValue> results = new ArrayList<>(type.results().size());
        for (int i = 0; i < type.results().size(); i++) {
            results.add(WasmValue.ofBits(type.results().get(i), made.frame().value(i)));
        }
        return results;
    }

    /** The size of the memory; 0 without one. */
    long memoryBytes() {
        return parts.flatMap(Parts::memory).map(InstanceMemory::bytes).orElse(0L);
    }

    @Override
    public void close() {
        arena.close();
        handles.descendingIterator().forEachRemaining(Disposable::dispose);
        store.dispose();
    }

    private void launch(FunctionType type, List<Extern> imports) {
        Launchers launchers = code.launchers();
        Module launcher = launchers.borrow(type);
        try {
            Instance launched = own(new Instance(store, launcher, imports));
            if (!launchers.started()) {
                own(launched.getFunc(store, Launcher.FUNCTION).orElseThrow()).call(store);
            }
        } finally {
            launchers.giveBack(type, launcher);
        }
    }

    private List<Extern> hostFunctions(HostFunction hostFunction) {
        if (code.imports().isEmpty()) {
            return List.of();
        }
        Func function = own(new Func(store, HOST_FUNCTION_TYPE, (caller, parameters, results) -> hostFunction.call()));
        return List.of(Extern.fromFunc(function));
    }

    private List<Extern> imports(Instance stubs) {
        List<Extern> imports = new ArrayList<>(code.imports().size());
        for (SystemCall call : code.imports()) {
            Func stub = stubs.getFunc(store, SystemCallStubs.exportName(call)).orElseThrow();
            imports.add(Extern.fromFunc(own(stub)));
        }
        return imports;
    }

    private Memory export(Instance instance, String name) {
        return own(instance.getMemory(store, name).orElseThrow());
    }

    private Parts parts() {
        return parts.orElseThrow(() -> new IllegalStateException("the instance was not made"));
    }

    private <T extends Disposable> T own(T handle) {
        handles.add(handle);
        return handle;
    }
}
