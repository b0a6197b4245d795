package dev.mayfly.invocations.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.testing.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Records in real databases. */
class InvocationRepositoryIT {

    private static InvocationRepository repository(Database database) {
        Map<String, String> properties = database == Database.H2
                ? Map.of("spring.datasource.url", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
                : database.properties();
        DriverManagerDataSource source = new DriverManagerDataSource();
        source.setUrl(properties.get("spring.datasource.url"));
        source.setUsername(properties.get("spring.datasource.username"));
        source.setPassword(properties.get("spring.datasource.password"));
        Flyway.configure().dataSource(source).load().migrate();
        return new InvocationRepository(new JdbcTemplate(source));
    }

    private static List<InvocationRecord> made(InvocationIds ids, int count, String function) {
        List<InvocationRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(Records.of(ids.next(), function));
        }
        return records;
    }

    @ParameterizedTest
    @EnumSource
    void aRecordIsReadAsItWasWritten(Database database) {
        InvocationRepository repository = repository(database);
        InvocationRecord invocation = Records.of(new InvocationIds(() -> Records.RECEIVED).next(), "function");

        repository.addAll(List.of(invocation));

        assertThat(repository.find(invocation.id())).contains(invocation);
        assertThat(repository.find(new UUID(1, 1))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theNewestComeFirstAndThePagesFollowEachOther(Database database) {
        InvocationRepository repository = repository(database);
        InvocationIds ids = new InvocationIds(() -> Records.RECEIVED);
        List<InvocationRecord> mine = made(ids, 5, "mine");
        repository.addAll(made(ids, 3, "other"));
        repository.addAll(mine);

        List<InvocationRecord> first = repository.newest("mine", null, 3);
        List<InvocationRecord> second =
                repository.newest("mine", first.getLast().id(), 3);

        assertThat(first).containsExactly(mine.get(4), mine.get(3), mine.get(2));
        assertThat(second).containsExactly(mine.get(1), mine.get(0));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTooOldOrTooManyIsDeleted(Database database) {
        InvocationRepository repository = repository(database);
        Instant[] now = {Records.RECEIVED};
        InvocationIds ids = new InvocationIds(() -> now[0]);
        List<InvocationRecord> old = made(ids, 1500, "function");
        now[0] = now[0].plus(Duration.ofDays(2));
        List<InvocationRecord> recent = made(ids, 5, "function");
        repository.addAll(old);
        repository.addAll(recent);
        RecordProperties.Retention retention =
                new RecordProperties.Retention(Duration.ofDays(1), 3, Duration.ofMinutes(1));

        new RecordTrimmer(repository, retention, () -> now[0]).trim();

        assertThat(repository.newest("function", null, 2000))
                .containsExactlyElementsOf(recent.reversed().subList(0, 3));
    }
}
