package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.wasi.Host;
import dev.mayfly.wasi.LinearMemory;
import dev.mayfly.wasi.SystemCall;
import dev.mayfly.wasi.WasiProcess;
import io.github.kawamuray.wasmtime.Disposable;
import io.github.kawamuray.wasmtime.Extern;
import io.github.kawamuray.wasmtime.Func;
import io.github.kawamuray.wasmtime.FuncType;
import io.github.kawamuray.wasmtime.Instance;
import io.github.kawamuray.wasmtime.Memory;
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
    private Optional<Instance> guest = Optional.empty();
    private Optional<InstanceMemory> memory = Optional.empty();

    WasmtimeInstance(CompiledModule code) {
        this.code = code;
        this.store = new Store<>(null, code.engine());
    }

    Store<Void> store() {
        return store;
    }

    /** Makes the instance. None of the guest's code runs yet, but its active segments may trap. */
    void instantiate(Optional<String> memoryExport, HostFunction hostFunction, InstanceSpec spec, Host host) {
        List<Extern> imports = new ArrayList<>(code.imports().size());
        Optional<SystemCallFrame> frame =
                code.imports().isEmpty() ? Optional.empty() : Optional.of(makeStubs(hostFunction, imports));
        Instance instance = own(new Instance(store, code.guest(), imports));
        guest = Optional.of(instance);
        memory = memoryExport.map(name -> memory(instance, name));
        LinearMemory linear = memory.<LinearMemory>map(known -> known).orElse(() -> MemorySegment.NULL);
        frame.ifPresent(to -> hostFunction.bind(to, new WasiProcess(linear, spec.program(), spec.streams(), host)));
    }

    Val[] call(String export, Val... arguments) {
        Func function = guest.flatMap(instance -> instance.getFunc(store, export))
                .orElseThrow(() -> new IllegalStateException("no function is exported as " + export));
        return own(function).call(store, arguments);
    }

    /** The size of the memory; 0 without one. */
    long memoryBytes() {
        return memory.map(InstanceMemory::bytes).orElse(0L);
    }

    @Override
    public void close() {
        arena.close();
        handles.descendingIterator().forEachRemaining(Disposable::dispose);
        store.dispose();
    }

    private SystemCallFrame makeStubs(HostFunction hostFunction, List<Extern> imports) {
        Func function = own(new Func(store, HOST_FUNCTION_TYPE, (caller, parameters, results) -> hostFunction.call()));
        Instance stubs = own(new Instance(store, code.stubs(), List.of(Extern.fromFunc(function))));
        for (SystemCall call : code.imports()) {
            Func stub = stubs.getFunc(store, SystemCallStubs.exportName(call)).orElseThrow();
            imports.add(Extern.fromFunc(own(stub)));
        }
        return new SystemCallFrame(memory(stubs, SystemCallStubs.FRAME).segment());
    }

    private InstanceMemory memory(Instance instance, String export) {
        Memory exported = own(instance.getMemory(store, export).orElseThrow());
        return new InstanceMemory(store, exported, arena);
    }

    private <T extends Disposable> T own(T handle) {
        handles.add(handle);
        return handle;
    }
}
