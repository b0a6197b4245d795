package dev.mayfly.schedules;

import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.FunctionNotFoundException;
import dev.mayfly.functions.Precondition;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** Defines schedules and shows them. A change and its timer are one transaction, and no function has two at a time. */
final class Schedules {

    private final ScheduleRepository repository;
    private final Timers timers;
    private final TransactionOperations transactions;
    private final ScheduleProperties limits;
    private final InstantSource time;

    Schedules(
            ScheduleRepository repository,
            Timers timers,
            TransactionOperations transactions,
            ScheduleProperties limits,
            InstantSource time) {
        this.repository = repository;
        this.timers = timers;
        this.transactions = transactions;
        this.limits = limits;
        this.time = time;
    }

    /** A schedule that was asked for, and whether it was made for that. */
    record Defined(Schedule schedule, boolean created) {}

    /** Makes a schedule, or defines it anew: then it goes on from now. The same definition again changes nothing. */
    Defined define(FunctionName function, String name, ScheduleDefinition definition, Precondition precondition) {
        return change(function, () -> {
            Optional<Schedule> existing = repository.find(function, name);
            precondition.verify(existing.map(Schedule::tag).orElse(null));
            if (existing.isEmpty()) {
                return new Defined(create(function, name, definition), true);
            }
            Schedule before = existing.get();
            return new Defined(before.definition().equals(definition) ? before : redefine(before, definition), false);
        });
    }

    void delete(FunctionName function, String name, Precondition precondition) {
        change(function, () -> {
            Schedule schedule = repository.find(function, name).orElseThrow(() -> unknown(function, name));
            precondition.verify(schedule.tag());
            timers.cancel(schedule.timer());
            repository.delete(schedule.id());
            return schedule;
        });
    }

    Schedule find(FunctionName function, String name) {
        return repository.find(function, name).orElseThrow(() -> unknown(function, name));
    }

    /** Those of a function by name, after the given one. */
    List<Schedule> list(FunctionName function, String after, int most) {
        if (!repository.functionExists(function)) {
            throw new FunctionNotFoundException(function);
        }
        return repository.list(function, after, most);
    }

    /** All by function and name, after the given ones. */
    List<Schedule> listAll(String afterFunction, String afterName, int most) {
        return repository.listAll(afterFunction, afterName, most);
    }

    private <T> T change(FunctionName function, Supplier<T> change) {
        return transactions.execute(_ -> {
            if (!repository.lockFunction(function)) {
                throw new FunctionNotFoundException(function);
            }
            return change.get();
        });
    }

    private Schedule create(FunctionName function, String name, ScheduleDefinition definition) {
        bound("mayfly.schedules.max-per-function", limits.maxPerFunction(), repository.count(function));
        bound("mayfly.schedules.max-total", limits.maxTotal(), repository.count());
        Instant now = now();
        Schedule schedule = new Schedule(
                UUID.randomUUID(), function, name, 1, definition, first(definition, now), Progress.NONE, now, now);
        repository.insert(schedule);
        setTimer(schedule);
        return schedule;
    }

    private Schedule redefine(Schedule before, ScheduleDefinition definition) {
        Instant now = now();
        Schedule schedule = new Schedule(
                before.id(),
                before.function(),
                before.name(),
                before.revision() + 1,
                definition,
                first(definition, now),
                before.progress().holdingNothing(),
                before.createdAt(),
                now);
        repository.redefine(schedule);
        timers.cancel(before.timer());
        setTimer(schedule);
        return schedule;
    }

    private void setTimer(Schedule schedule) {
        if (schedule.next() != null) {
            timers.set(schedule.timer(), schedule.next());
        }
    }

    private static @Nullable Instant first(ScheduleDefinition definition, Instant now) {
        return definition.enabled() ? definition.times().next(now).orElse(null) : null;
    }

    private static void bound(String limit, long most, long count) {
        if (count >= most) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "The limit '" + limit + "' of " + most + " schedules is reached.");
        }
    }

    private static ProblemException unknown(FunctionName function, String name) {
        return new ProblemException(
                ProblemType.SCHEDULE_NOT_FOUND, "Function '" + function + "' has no schedule '" + name + "'.");
    }

    /** In the resolution of the databases, so that what was stored equals what is read. */
    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
