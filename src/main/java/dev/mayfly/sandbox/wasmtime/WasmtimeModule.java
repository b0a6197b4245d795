package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.InstanceThread;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Uses;

/** A module compiled by Wasmtime. The last of its running instances frees it when it was closed before. */
final class WasmtimeModule implements ExecutableModule {

    private final CompiledModule code;
    private final GuestProgram program;
    private final WasmtimeEngine engine;
    private final InstanceDeadlines deadlines;
    private final Uses uses = new Uses(this::free);

    WasmtimeModule(CompiledModule code, GuestProgram program, WasmtimeEngine engine) {
        this.code = code;
        this.program = program;
        this.engine = engine;
        this.deadlines = new InstanceDeadlines(code.engine(), engine.ticker());
    }

    @Override
    public String engine() {
        return engine.name();
    }

    @Override
    public long weight() {
        return program.weight();
    }

    @Override
    public Execution run(InstanceSpec invocation, Interruption interruption) throws EngineException {
        InstanceThread.requireCurrent();
        uses.begin();
        try {
            return new InstanceRun(program, deadlines, engine, invocation, interruption).run(code);
        } finally {
            uses.end();
        }
    }

    @Override
    public void close() {
        uses.close();
    }

    private void free() {
        deadlines.close();
        code.close();
    }
}
