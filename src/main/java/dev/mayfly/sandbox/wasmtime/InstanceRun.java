package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.EntryPoint;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.HostClocks;
import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.wasi.GuestEndException;
import dev.mayfly.wasi.Host;
import io.github.kawamuray.wasmtime.Val;
import io.github.kawamuray.wasmtime.WasmFunctionError;
import io.github.kawamuray.wasmtime.WasmtimeException;
import java.time.Duration;
import java.util.List;

/** One instance from its making to its end. */
final class InstanceRun {

    private final CompiledModule code;
    private final GuestProgram program;
    private final InstanceDeadlines deadlines;
    private final WasmtimeEngine engine;
    private final HostClocks clocks;
    private final HostFunction hostFunction;

    InstanceRun(CompiledModule code, GuestProgram program, InstanceDeadlines deadlines, WasmtimeEngine engine) {
        this.code = code;
        this.program = program;
        this.deadlines = deadlines;
        this.engine = engine;
        this.clocks = new HostClocks(engine.wallClock());
        this.hostFunction = new HostFunction(engine.settings().maxSystemCalls());
    }

    Execution run(InstanceSpec spec, Interruption interruption) throws EngineException {
        long start = System.nanoTime();
        try (WasmtimeInstance instance = new WasmtimeInstance(code)) {
            DeadlineQueue.Ticket ticket = deadlines.begin(instance.store(), interruption.deadlineNanos());
            interruption.listener(() -> deadlines.cancel(ticket));
            try {
                return run(instance, spec, interruption, start);
            } finally {
                interruption.clearListener();
                deadlines.end(ticket);
            }
        } catch (WasmtimeException e) {
            throw new EngineException("Wasmtime cannot make an instance", e);
        }
    }

    private Execution run(WasmtimeInstance instance, InstanceSpec spec, Interruption interruption, long start)
            throws EngineException {
        Outcome outcome;
        long running = start;
        try {
            Host host = new Host(clocks, engine.random(), interruption);
            instance.instantiate(program.memoryExport(), hostFunction, spec, host);
            running = System.nanoTime();
            outcome = interruption
                    .reason()
                    .<Outcome>map(Outcome.Interrupted::new)
                    .orElseGet(() -> enter(instance, spec.entryPoint()));
        } catch (WasmFunctionError.TrapError e) {
            outcome = trapped(e, interruption);
        } catch (WasmtimeException e) {
            outcome = ended(e, interruption);
        }
        long end = System.nanoTime();
        return new Execution(
                outcome,
                Duration.ofNanos(running - start),
                Duration.ofNanos(end - running),
                Duration.ofNanos(clocks.cpuTime()),
                instance.memoryBytes());
    }

    private Outcome enter(WasmtimeInstance instance, EntryPoint entryPoint) {
        program.startExport().ifPresent(instance::call);
        return switch (entryPoint) {
            case EntryPoint.Command command -> {
                instance.call("_start");
                yield new Outcome.Exited(0);
            }
            case EntryPoint.Reactor reactor -> {
                if (program.exportsFunction("_initialize")) {
                    instance.call("_initialize");
                }
                Val[] results = instance.call(reactor.export(), Values.toWasmtime(reactor.arguments()));
                yield new Outcome.Returned(Values.fromWasmtime(results));
            }
        };
    }

    private Outcome trapped(WasmFunctionError.TrapError error, Interruption interruption) {
        return switch (error.trap()) {
            case INTERRUPT -> new Outcome.Interrupted(interruption.reason().orElse(Interruption.Reason.DEADLINE));
            default -> new Outcome.Trapped(TrapKinds.of(error.trap()), List.of());
        };
    }

    /** A system call ended the guest, or something failed. */
    private Outcome ended(WasmtimeException error, Interruption interruption) throws EngineException {
        Throwable thrown = hostFunction.thrown().orElse(error);
        return switch (thrown) {
            case GuestEndException e ->
                switch (e.end()) {
                    case GuestEndException.End.Exit exit -> new Outcome.Exited(exit.code());
                    case GuestEndException.End.OutputLimit limit ->
                        new Outcome.LimitExceeded(Outcome.Limit.OUTPUT_BYTES);
                    case GuestEndException.End.Interrupted interrupted ->
                        new Outcome.Interrupted(interruption.reason().orElse(Interruption.Reason.DEADLINE));
                };
            case HostFunction.CallLimitException e -> new Outcome.LimitExceeded(Outcome.Limit.SYSTEM_CALLS);
            default -> throw new EngineException("an instance failed for no fault of the guest", thrown);
        };
    }
}
