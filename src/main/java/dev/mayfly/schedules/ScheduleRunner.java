package dev.mayfly.schedules;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * Timers in the database, by db-scheduler: each goes off in one of the processes that share it, and in another one if that
 * dies meanwhile. What schedules have to do is not its concern; it only gets told when to look again.
 */
final class ScheduleRunner implements Timers, SmartLifecycle {

    private static final String TASK = "schedule";
    private static final String TABLE = "schedule_timers";
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final int MISSED_HEARTBEATS = 4;

    private final Scheduler scheduler;
    private volatile boolean running;

    /**
     * A runner, not started.
     *
     * @param work does what is due and says when to look again; empty if never
     */
    ScheduleRunner(
            DataSource database, Function<Schedule.Timer, Optional<Instant>> work, ScheduleProperties properties) {
        Task<Void> task = Tasks.custom(TASK, Void.class)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY))
                .onDeadExecutionRevive()
                .execute((timer, _) -> again(work.apply(Schedule.Timer.of(timer.getId()))));
        this.scheduler = scheduler(new TransactionAwareDataSourceProxy(database), task)
                .tableName(TABLE)
                .schedulerName(new SchedulerName.Fixed("mayfly-" + UUID.randomUUID()))
                .threads(properties.threads())
                .pollingInterval(properties.pollInterval())
                .heartbeatInterval(properties.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(STOP)
                .build();
    }

    private static SchedulerBuilder scheduler(DataSource database, Task<Void> task) {
        JdbcCustomization dialect = new AutodetectJdbcCustomization(database);
        SchedulerBuilder builder = Scheduler.create(database, task).jdbcCustomization(dialect);
        // With 'skip locked', processes do not reach for the same timers; elsewhere the version of a row decides.
        return dialect.supportsSingleStatementLockAndFetch() ? builder.pollUsingLockAndFetch(0.5, 1.0) : builder;
    }

    private static CompletionHandler<Void> again(Optional<Instant> next) {
        return next.<CompletionHandler<Void>>map(at -> (done, timer) -> timer.reschedule(done, at))
                .orElseGet(CompletionHandler.OnCompleteRemove::new);
    }

    @Override
    public void set(Schedule.Timer timer, Instant at) {
        scheduler.schedule(instance(timer), at);
    }

    @Override
    public void cancel(Schedule.Timer timer) {
        try {
            scheduler.cancel(instance(timer));
        } catch (TaskInstanceNotFoundException | TaskInstanceCurrentlyExecutingException itDoesNotMatter) {
            // It goes when it finds its schedule gone or changed.
        }
    }

    private static TaskInstance<Void> instance(Schedule.Timer timer) {
        return new TaskInstance<>(TASK, timer.name());
    }

    @Override
    public void start() {
        scheduler.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        scheduler.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
