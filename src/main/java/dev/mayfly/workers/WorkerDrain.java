package dev.mayfly.workers;

import dev.mayfly.invocations.Invoker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Begins to drain when the process is told to stop, which is before anything is stopped: what waits is handed back at once, for
 * other workers to run. The scheduler then waits for what runs.
 */
final class WorkerDrain implements ApplicationListener<ContextClosedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerDrain.class);

    private final ApplicationContext application;
    private final WorkerSelf self;
    private final Executions executions;
    private final Invoker invoker;
    private final Duration notice;

    WorkerDrain(
            ApplicationContext application, WorkerSelf self, Executions executions, Invoker invoker, Duration notice) {
        this.application = application;
        this.self = self;
        this.executions = executions;
        this.invoker = invoker;
        this.notice = notice;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent closing) {
        if (closing.getApplicationContext() == application) {
            self.drain();
            LOG.info(
                    "Draining: {} orders handed back, {}",
                    handBack(),
                    self.load().header());
            giveNotice();
        }
    }

    private void giveNotice() {
        try {
            Thread.sleep(notice);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long handBack() {
        return executions.all().stream()
                .filter(execution -> {
                    execution.handBack();
                    return invoker.withdraw(execution.invocation());
                })
                .count();
    }
}
