package dev.mayfly.placement;

import dev.mayfly.invocations.Executor;
import dev.mayfly.invocations.Invocation;
import dev.mayfly.invocations.InvocationResult;
import java.io.IOException;

/** Runs invocations on workers. */
final class RemoteExecutor implements Executor {

    /** Before a worker has said what it runs an instance on. */
    private static final String ENGINE = "worker";

    private final RemoteContext context;

    RemoteExecutor(RemoteContext context) {
        this.context = context;
    }

    @Override
    public String engine() {
        return ENGINE;
    }

    @Override
    public InvocationResult execute(Invocation invocation) throws IOException {
        return new RemoteRun(context, invocation).run();
    }
}
