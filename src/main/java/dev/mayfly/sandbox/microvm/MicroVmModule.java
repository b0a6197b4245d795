package dev.mayfly.sandbox.microvm;

import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.InstanceThread;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Uses;

/** A module with its image. The last of its running instances frees it when it was closed before. */
final class MicroVmModule implements ExecutableModule {

    private final ModuleCode code;
    private final MicroVmEngine engine;
    private final Uses uses = new Uses(this::free);

    MicroVmModule(ModuleCode code, MicroVmEngine engine) {
        this.code = code;
        this.engine = engine;
    }

    @Override
    public String engine() {
        return engine.name();
    }

    @Override
    public long weight() {
        return code.weight();
    }

    @Override
    public Execution run(InstanceSpec invocation, Interruption interruption) throws EngineException {
        InstanceThread.requireCurrent();
        uses.begin();
        try {
            return new InstanceRun(code, engine, invocation, interruption).run();
        } finally {
            uses.end();
        }
    }

    @Override
    public void close() {
        uses.close();
    }

    private void free() {
        engine.machines().evict(code.loaded());
        code.close();
    }
}
