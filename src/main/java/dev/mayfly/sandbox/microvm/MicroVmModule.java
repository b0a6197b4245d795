package dev.mayfly.sandbox.microvm;

import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.InstanceThread;
import dev.mayfly.sandbox.Interruption;

/** A module with its image. The last of its running instances frees it when it was closed before. */
final class MicroVmModule implements ExecutableModule {

    private final ModuleCode code;
    private final MicroVmEngine engine;
    private int running;
    private boolean closed;

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
        acquire();
        try {
            return new InstanceRun(code, engine, invocation, interruption).run();
        } finally {
            release();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (running > 0) {
                return;
            }
        }
        free();
    }

    private synchronized void acquire() {
        if (closed) {
            throw new IllegalStateException("the executable module is closed");
        }
        running++;
    }

    private void release() {
        synchronized (this) {
            running--;
            if (!closed || running > 0) {
                return;
            }
        }
        free();
    }

    private void free() {
        engine.machines().evict(code.loaded());
        code.close();
    }
}
