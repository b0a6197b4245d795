package dev.mayfly.sandbox.microvm;

import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.sandbox.TrapKind;
import java.time.Duration;
import java.util.List;

/** A module of which every instance traps before any of its code runs: an active segment does not fit. */
record UninstantiableModule(String engine, TrapKind trap) implements ExecutableModule {

    @Override
    public long weight() {
        return 0;
    }

    @Override
    public Execution run(InstanceSpec invocation, Interruption interruption) {
        return new Execution(new Outcome.Trapped(trap, List.of()), Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
    }

    @Override
    public void close() {}
}
