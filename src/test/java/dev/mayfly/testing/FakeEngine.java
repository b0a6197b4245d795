package dev.mayfly.testing;

import dev.mayfly.sandbox.Engine;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.ModuleBinary;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.wasm.Module;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An engine whose instances exit at once. It counts what it compiles and what is open, and fails when told to. */
public final class FakeEngine implements Engine {

    private final AtomicInteger compilations = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong weight = new AtomicLong(1024);
    private final AtomicReference<@Nullable Runnable> beforeCompilation = new AtomicReference<>();
    private final AtomicReference<@Nullable EngineException> failure = new AtomicReference<>();

    /** How many modules were compiled. */
    public int compilations() {
        return compilations.get();
    }

    /** How many executable modules are open. */
    public int open() {
        return open.get();
    }

    /** How heavy modules are that are compiled from now on, in bytes. */
    public void weigh(long bytes) {
        weight.set(bytes);
    }

    /** Runs something before each compilation; null for nothing. */
    public void beforeCompilation(@Nullable Runnable action) {
        beforeCompilation.set(action);
    }

    /** Fails each compilation; null for not any more. */
    public void fail(@Nullable EngineException with) {
        failure.set(with);
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public ExecutableModule compile(Module module, ModuleBinary binary, InstanceLimits limits) throws EngineException {
        compilations.incrementAndGet();
        Runnable action = beforeCompilation.get();
        if (action != null) {
            action.run();
        }
        EngineException planned = failure.get();
        if (planned != null) {
            throw planned;
        }
        if (!Files.isReadable(binary.file())) {
            throw new EngineException("cannot read " + binary.file());
        }
        open.incrementAndGet();
        return new FakeExecutable(weight.get());
    }

    @Override
    public void close() {}

    private final class FakeExecutable implements ExecutableModule {

        private final long bytes;
        private boolean closed;

        FakeExecutable(long bytes) {
            this.bytes = bytes;
        }

        @Override
        public String engine() {
            return name();
        }

        @Override
        public long weight() {
            return bytes;
        }

        @Override
        public synchronized Execution run(InstanceSpec invocation, Interruption interruption) {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            return new Execution(new Outcome.Exited(0), Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }
}
