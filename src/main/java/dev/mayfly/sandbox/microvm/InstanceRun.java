package dev.mayfly.sandbox.microvm;

import dev.mayfly.abi.Context;
import dev.mayfly.abi.TrapCode;
import dev.mayfly.sandbox.DeadlineTimer;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.EntryPoint;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.HostClocks;
import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.ModuleKind;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.sandbox.TrapKind;
import dev.mayfly.sandbox.WasmValue;
import dev.mayfly.sandbox.microvm.GuestProgram.GuestFunction;
import dev.mayfly.vmm.Ended;
import dev.mayfly.vmm.Ending;
import dev.mayfly.vmm.GuestMemory;
import dev.mayfly.vmm.Prepared;
import dev.mayfly.vmm.VmmException;
import dev.mayfly.wasi.GuestEndException;
import dev.mayfly.wasi.Host;
import dev.mayfly.wasi.WasiProcess;
import dev.mayfly.wasm.ValueType;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** One instance from its making to its end. */
final class InstanceRun {

    private static final System.Logger LOG = System.getLogger(InstanceRun.class.getName());

    private final ModuleCode code;
    private final MicroVmEngine engine;
    private final InstanceSpec spec;
    private final Interruption interruption;
    private final long start = System.nanoTime();
    private final HostClocks clocks;

    InstanceRun(ModuleCode code, MicroVmEngine engine, InstanceSpec spec, Interruption interruption) {
        this.code = code;
        this.engine = engine;
        this.spec = spec;
        this.interruption = interruption;
        this.clocks = new HostClocks(engine.wallClock());
    }

    Execution run() throws EngineException {
        List<GuestFunction> functions = functions();
        try (MachinePool.Lease machine = engine.machines().lease(code.loaded());
                Prepared instance = machine.slot().prepare(code.loaded())) {
            DeadlineTimer.Entry deadline =
                    engine.deadlines().set(interruption.deadlineNanos(), () -> interrupt(instance));
            interruption.listener(() -> interrupt(instance));
            try {
                return interruption.reason().isPresent() ? notRun() : run(instance, functions);
            } finally {
                interruption.clearListener();
                engine.deadlines().cancel(deadline);
            }
        } catch (VmmException e) {
            throw new EngineException("the hypervisor failed", e);
        }
    }

    /** What is called, in order; the last one is the entry point. */
    private List<GuestFunction> functions() {
        GuestProgram program = code.program();
        List<GuestFunction> functions = new ArrayList<>(program.initializers(spec.entryPoint()));
        switch (spec.entryPoint()) {
            case EntryPoint.Command() -> functions.add(program.function(ModuleKind.START));
            case EntryPoint.Reactor(String export, List<WasmValue> arguments) -> {
                GuestFunction function = program.function(export);
                List<ValueType> given = arguments.stream().map(WasmValue::type).toList();
                if (!given.equals(function.type().parameters())) {
                    throw new IllegalArgumentException("the arguments of \"" + export + "\" must be "
                            + function.type().parameters());
                }
                functions.add(function);
            }
        }
        return functions;
    }

    private static void interrupt(Prepared instance) {
        try {
            instance.interrupt().request();
        } catch (VmmException e) {
            LOG.log(System.Logger.Level.ERROR, "an instance could not be interrupted", e);
        }
    }

    private Execution run(Prepared instance, List<GuestFunction> functions) throws EngineException, VmmException {
        GuestMemory memory = instance.memory();
        ContextFrame frame = new ContextFrame(memory.context());
        Host host = new Host(clocks, engine.random(), interruption);
        WasiProcess process = new WasiProcess(memory::linear, spec.program(), spec.streams(), host, spec.confinement());
        SystemCalls calls = new SystemCalls(code.program().systemCalls(), process, frame);
        long entered = System.nanoTime();
        Optional<Outcome> outcome = Optional.empty();
        for (int i = 0; i < functions.size() && outcome.isEmpty(); i++) {
            if (i == functions.size() - 1) {
                putArguments(frame);
            }
            Ended ended = instance.run(code.entry(functions.get(i)), calls);
            outcome = outcome(ended, calls, memory);
        }
        return new Execution(
                outcome.orElseGet(() -> returned(frame, functions.getLast())),
                Duration.ofNanos(entered - start),
                Duration.ofNanos(System.nanoTime() - entered),
                Duration.ofNanos(clocks.cpuTime()),
                memory.context().get(ValueLayout.JAVA_LONG, Context.MEMORY_BYTES));
    }

    private Execution notRun() {
        Duration start = Duration.ofNanos(System.nanoTime() - this.start);
        return new Execution(interruption.outcome(), start, Duration.ZERO, Duration.ofNanos(clocks.cpuTime()), 0);
    }

    private void putArguments(ContextFrame frame) {
        if (spec.entryPoint() instanceof EntryPoint.Reactor reactor) {
            for (int i = 0; i < reactor.arguments().size(); i++) {
                frame.set(i, reactor.arguments().get(i).bits());
            }
        }
    }

    private Outcome returned(ContextFrame frame, GuestFunction function) {
        if (spec.entryPoint() instanceof EntryPoint.Command) {
            return new Outcome.Exited(0);
        }
        List<ValueType> types = function.type().results();
        return new Outcome.Returned(IntStream.range(0, types.size())
                .mapToObj(i -> WasmValue.ofBits(types.get(i), frame.get(i, types.get(i))))
                .toList());
    }

    /** How the instance ended, unless the function has returned. */
    private Optional<Outcome> outcome(Ended ended, SystemCalls calls, GuestMemory memory) throws EngineException {
        return switch (ended.ending()) {
            case Ending.Exited() -> Optional.empty();
            case Ending.Stopped() -> Optional.of(stopped(calls.thrown().orElseThrow()));
            case Ending.Interrupted() -> Optional.of(interruption.outcome());
            case Ending.Trapped(TrapCode trap) ->
                Optional.of(new Outcome.Trapped(kind(trap), code.backtraces().read(ended.registers(), memory)));
            case Ending.Violation(Ending.Violation.Kind kind, String detail) ->
                throw new EngineException("a guest did what compiled code does not do: " + kind + ", " + detail);
        };
    }

    private Outcome stopped(Throwable thrown) throws EngineException {
        if (thrown instanceof GuestEndException end) {
            return Outcome.of(end.end(), interruption);
        }
        throw new EngineException("a system call failed for no fault of the guest", thrown);
    }

    private static TrapKind kind(TrapCode trap) {
        return switch (trap) {
            case UNREACHABLE -> TrapKind.UNREACHABLE;
            case MEMORY_OUT_OF_BOUNDS -> TrapKind.MEMORY_OUT_OF_BOUNDS;
            case TABLE_OUT_OF_BOUNDS -> TrapKind.TABLE_OUT_OF_BOUNDS;
            case INDIRECT_CALL_TO_NULL -> TrapKind.INDIRECT_CALL_TO_NULL;
            case INDIRECT_CALL_TYPE_MISMATCH -> TrapKind.INDIRECT_CALL_TYPE_MISMATCH;
            case INTEGER_DIVIDE_BY_ZERO -> TrapKind.INTEGER_DIVIDE_BY_ZERO;
            case INTEGER_OVERFLOW -> TrapKind.INTEGER_OVERFLOW;
            case INVALID_CONVERSION_TO_INTEGER -> TrapKind.INVALID_CONVERSION_TO_INTEGER;
            case STACK_OVERFLOW -> TrapKind.STACK_OVERFLOW;
        };
    }
}
