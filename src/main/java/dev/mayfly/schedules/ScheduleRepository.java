package dev.mayfly.schedules;

import dev.mayfly.functions.FunctionName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The schedules in the database. In the SQL that H2 and PostgreSQL have in common. */
final class ScheduleRepository {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    ScheduleRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps a function as it is until the transaction ends; whether there is one. */
    boolean lockFunction(FunctionName function) {
        return !jdbc.sql("select id from functions where name = ? for update")
                .param(function.value())
                .query(Long.class)
                .list()
                .isEmpty();
    }

    boolean functionExists(FunctionName function) {
        return jdbc.sql("select count(*) from functions where name = ?")
                        .param(function.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    void insert(Schedule schedule) {
        jdbc.sql("""
                insert into schedules (id, function_name, name, revision, enabled, definition, next_firing, created_at,
                    updated_at)
                values (:id, :function, :name, :revision, :enabled, :definition, :next, :created, :updated)
                """)
                .param("id", schedule.id())
                .param("function", schedule.function().value())
                .param("name", schedule.name())
                .param("revision", schedule.revision())
                .param("enabled", schedule.definition().enabled())
                .param("definition", JSON.writeValueAsString(schedule.definition()))
                .param("next", timestamp(schedule.next()))
                .param("created", timestamp(schedule.createdAt()))
                .param("updated", timestamp(schedule.updatedAt()))
                .update();
    }

    /** Puts another definition in the place of the one before; what was held is let go. */
    void redefine(Schedule schedule) {
        jdbc.sql("""
                update schedules set revision = :revision, enabled = :enabled, definition = :definition,
                    next_firing = :next, held_firing = null, updated_at = :updated
                where id = :id
                """)
                .param("id", schedule.id())
                .param("revision", schedule.revision())
                .param("enabled", schedule.definition().enabled())
                .param("definition", JSON.writeValueAsString(schedule.definition()))
                .param("next", timestamp(schedule.next()))
                .param("updated", timestamp(schedule.updatedAt()))
                .update();
    }

    /**
     * Notes what was done.
     *
     * @param seen the schedule as it was read
     * @return whether it still was as it was read; otherwise nothing is noted
     */
    boolean advance(Schedule seen, @Nullable Instant next, Progress progress) {
        Progress.Past last = progress.last();
        return jdbc.sql("""
                update schedules set next_firing = :next, held_firing = :held, last_firing = :last,
                    last_result = :result, last_reason = :reason, last_invocation = :invocation
                where id = :id and revision = :revision
                    and next_firing is not distinct from :seenNext and held_firing is not distinct from :seenHeld
                """)
                        .param("id", seen.id())
                        .param("revision", seen.revision())
                        .param("next", timestamp(next))
                        .param("held", timestamp(progress.held()))
                        .param("last", timestamp(last == null ? null : last.at()))
                        .param("result", last == null ? null : last.result().id())
                        .param("reason", last == null ? null : last.reason())
                        .param("invocation", progress.invocation())
                        .param("seenNext", timestamp(seen.next()))
                        .param("seenHeld", timestamp(seen.progress().held()))
                        .update()
                == 1;
    }

    void delete(UUID id) {
        jdbc.sql("delete from schedules where id = ?").param(id).update();
    }

    Optional<Schedule> find(UUID id) {
        return jdbc.sql("select * from schedules where id = ?")
                .param(id)
                .query(ScheduleRepository::read)
                .optional();
    }

    Optional<Schedule> find(FunctionName function, String name) {
        return jdbc.sql("select * from schedules where function_name = ? and name = ?")
                .param(function.value())
                .param(name)
                .query(ScheduleRepository::read)
                .optional();
    }

    /** Those of a function, in the order of their names, after the given one. */
    List<Schedule> list(FunctionName function, String after, int most) {
        return jdbc.sql("select * from schedules where function_name = ? and name > ? order by name limit ?")
                .param(function.value())
                .param(after)
                .param(most)
                .query(ScheduleRepository::read)
                .list();
    }

    /** All, in the order of their functions' names and their own, after the given ones. */
    List<Schedule> listAll(String afterFunction, String afterName, int most) {
        return jdbc.sql("""
                select * from schedules where function_name > :function or function_name = :function and name > :name
                order by function_name, name limit :most
                """)
                .param("function", afterFunction)
                .param("name", afterName)
                .param("most", most)
                .query(ScheduleRepository::read)
                .list();
    }

    long count(FunctionName function) {
        return jdbc.sql("select count(*) from schedules where function_name = ?")
                .param(function.value())
                .query(Long.class)
                .single();
    }

    long count() {
        return jdbc.sql("select count(*) from schedules").query(Long.class).single();
    }

    long countEnabled() {
        return jdbc.sql("select count(*) from schedules where enabled = true")
                .query(Long.class)
                .single();
    }

    private static Schedule read(ResultSet row, int number) throws SQLException {
        return new Schedule(
                row.getObject("id", UUID.class),
                new FunctionName(row.getString("function_name")),
                row.getString("name"),
                row.getLong("revision"),
                JSON.readValue(row.getString("definition"), ScheduleDefinition.class),
                instant(row, "next_firing"),
                new Progress(instant(row, "held_firing"), past(row), row.getObject("last_invocation", UUID.class)),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static Progress.@Nullable Past past(ResultSet row) throws SQLException {
        Instant at = instant(row, "last_firing");
        return at == null
                ? null
                : new Progress.Past(at, FiringResult.of(row.getString("last_result")), row.getString("last_reason"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static @Nullable OffsetDateTime timestamp(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }
}
