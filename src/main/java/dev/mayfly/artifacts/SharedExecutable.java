package dev.mayfly.artifacts;

import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.wasm.Module;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** An executable module that counts its users and is closed by the last of them. The cache is one of them. */
final class SharedExecutable {

    private final Module module;
    private final ExecutableModule executable;
    private final Duration compilation;
    private final UseCount users;

    /** Made with one user, whoever calls. */
    SharedExecutable(Module module, ExecutableModule executable, Duration compilation) {
        this.module = module;
        this.executable = executable;
        this.compilation = compilation;
        this.users = new UseCount(executable::close);
    }

    Duration compilation() {
        return compilation;
    }

    long weight() {
        return executable.weight();
    }

    /** Adds a user, unless the last one has gone. */
    boolean tryUse() {
        return users.tryUse();
    }

    /** Ends one user's use. */
    void release() {
        users.release();
    }

    /** Hands the calling user's use over to a lease. */
    ExecutableLease lease(boolean cold) {
        return new Lease(cold);
    }

    private final class Lease implements ExecutableLease {

        private final boolean cold;
        private final AtomicBoolean closed = new AtomicBoolean();

        Lease(boolean cold) {
            this.cold = cold;
        }

        @Override
        public ExecutableModule executable() {
            return executable;
        }

        @Override
        public Module module() {
            return module;
        }

        @Override
        public boolean cold() {
            return cold;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                release();
            }
        }
    }
}
