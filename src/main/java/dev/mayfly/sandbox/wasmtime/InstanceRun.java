package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.EntryPoint;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.HostClocks;
import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.ModuleKind;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.sandbox.WasmValue;
import dev.mayfly.wasi.GuestEndException;
import dev.mayfly.wasi.Host;
import dev.mayfly.wasi.SystemCall;
import io.github.kawamuray.wasmtime.Trap;
import io.github.kawamuray.wasmtime.WasmFunctionError;
import io.github.kawamuray.wasmtime.WasmtimeException;
import java.time.Duration;
import java.util.List;

/** One instance from its making to its end. */
final class InstanceRun {

    private final GuestProgram program;
    private final InstanceDeadlines deadlines;
    private final InstanceSpec spec;
    private final Interruption interruption;
    private final HostFunction hostFunction;
    private final HostClocks clocks;
    private final Host host;
    private final long start = System.nanoTime();
    private long entered;

    InstanceRun(
            GuestProgram program,
            InstanceDeadlines deadlines,
            WasmtimeEngine engine,
            InstanceSpec spec,
            Interruption interruption) {
        this.program = program;
        this.deadlines = deadlines;
        this.spec = spec;
        this.interruption = interruption;
        this.hostFunction = new HostFunction(engine.settings().maxSystemCalls());
        this.clocks = new HostClocks(engine.wallClock());
        this.host = new Host(clocks, engine.random(), interruption);
        this.entered = start;
    }

    Execution run(CompiledModule code) throws EngineException {
        try (WasmtimeInstance instance = new WasmtimeInstance(code)) {
            DeadlineQueue.Ticket ticket = deadlines.begin(instance.store(), interruption.deadlineNanos());
            interruption.listener(() -> deadlines.cancel(ticket));
            try {
                Outcome outcome = outcome(instance, ticket);
                return execution(outcome, instance.memoryBytes());
            } finally {
                interruption.clearListener();
                deadlines.end(ticket);
            }
        } catch (WasmtimeException e) {
            throw new EngineException("Wasmtime cannot make a store", e);
        }
    }

    private Execution execution(Outcome outcome, long memoryBytes) {
        return new Execution(
                outcome,
                Duration.ofNanos(entered - start),
                Duration.ofNanos(System.nanoTime() - entered),
                Duration.ofNanos(clocks.cpuTime()),
                memoryBytes);
    }

    private Outcome outcome(WasmtimeInstance instance, DeadlineQueue.Ticket ticket) throws EngineException {
        try {
            instance.instantiate(program.memoryExport(), hostFunction, spec, host);
            entered = System.nanoTime();
            if (interruption.reason().isPresent()) {
                return interrupted();
            }
            return enter(instance);
        } catch (WasmFunctionError.TrapError e) {
            return e.trap() == Trap.INTERRUPT ? interrupted() : new Outcome.Trapped(TrapKinds.of(e.trap()), List.of());
        } catch (WasmtimeException e) {
            if (hostFunction.thrown().isPresent()) {
                return endedBySystemCall(hostFunction.thrown().get());
            }
            return ended(e, ticket);
        }
    }

    private Outcome enter(WasmtimeInstance instance) {
        program.startExport().ifPresent(start -> call(instance, start, List.of()));
        return switch (spec.entryPoint()) {
            case EntryPoint.Command command -> {
                call(instance, ModuleKind.START, List.of());
                yield new Outcome.Exited(0);
            }
            case EntryPoint.Reactor reactor -> {
                if (program.hasInitializer()) {
                    call(instance, ModuleKind.INITIALIZE, List.of());
                }
                yield new Outcome.Returned(call(instance, reactor.export(), reactor.arguments()));
            }
        };
    }

    private List<WasmValue> call(WasmtimeInstance instance, String export, List<WasmValue> arguments) {
        return instance.call(export, program.typeOf(export), arguments);
    }

    private Outcome endedBySystemCall(Throwable thrown) throws EngineException {
        return switch (thrown) {
            case GuestEndException e ->
                switch (e.end()) {
                    case GuestEndException.End.Exit exit -> new Outcome.Exited(exit.code());
                    case GuestEndException.End.OutputLimit limit ->
                        new Outcome.LimitExceeded(Outcome.Limit.OUTPUT_BYTES);
                    case GuestEndException.End.CallDenied(SystemCall call) -> new Outcome.CallDenied(call.name());
                    case GuestEndException.End.Interrupted interrupted -> interrupted();
                };
            case HostFunction.CallLimitException e -> new Outcome.LimitExceeded(Outcome.Limit.SYSTEM_CALLS);
            default -> throw new EngineException("a system call failed for no fault of the guest", thrown);
        };
    }

    /** A trap, told by a backtrace; which is also what being ended by the epoch looks like. */
    private Outcome ended(WasmtimeException error, DeadlineQueue.Ticket ticket) throws EngineException {
        String message = String.valueOf(error.getMessage());
        if (!Backtrace.isIn(message)) {
            return TrapReport.ofInstantiation(message)
                    .orElseThrow(() -> new EngineException("Wasmtime cannot run the instance", error));
        }
        return deadlines.hasEnded(ticket) ? interrupted() : program.traps().of(Backtrace.parse(message));
    }

    private Outcome interrupted() {
        return new Outcome.Interrupted(interruption.reason().orElse(Interruption.Reason.DEADLINE));
    }
}
