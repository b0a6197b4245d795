package dev.mayfly.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class DeliveryTableTest {

    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(45);
    private static final AttemptOutcome FAILED = AttemptOutcome.answered(500, Duration.ZERO);
    private static final AttemptOutcome DELIVERED = AttemptOutcome.answered(200, Duration.ZERO);

    private final JdbcDataSource database = database();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final DeliveryTable table =
            new DeliveryTable(jdbc, new TransactionTemplate(new JdbcTransactionManager(database)));

    private static JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        Flyway.configure().dataSource(database).load().migrate();
        return database;
    }

    private UUID announce(String url) {
        UUID invocation = UUID.randomUUID();
        jdbc.update(
                "insert into async_callback (invocation_id, function_name, url, due_at, attempts, created_at)"
                        + " values (?, 'f', ?, ?, 0, ?)",
                invocation,
                url,
                NOW.atOffset(ZoneOffset.UTC),
                NOW.atOffset(ZoneOffset.UTC));
        return invocation;
    }

    private List<Delivery> claim(String owner, Instant now) {
        return table.claim(owner, now, LEASE, List.of(), 10);
    }

    private DeliveryState state(UUID invocation) {
        return table.newest(invocation).orElseThrow();
    }

    @Test
    void takesInWhatIsAnnouncedOnce() {
        UUID invocation = announce("https://a.example/x");

        assertThat(table.takeIn(NOW, 10)).isEqualTo(1);
        assertThat(table.takeIn(NOW, 10)).isZero();

        assertThat(claim("me", NOW)).singleElement().satisfies(delivery -> {
            assertThat(delivery.invocation()).isEqualTo(invocation);
            assertThat(delivery.host()).isEqualTo("a.example");
            assertThat(delivery.attempts()).isEqualTo(1);
        });
    }

    @Test
    void takesInAnInvocationThatEndsTwice() {
        UUID invocation = announce("https://a.example/");
        table.takeIn(NOW, 10);
        Delivery first = claim("me", NOW).getFirst();
        table.end("me", first, DELIVERED, NOW);
        jdbc.update(
                "insert into async_callback (invocation_id, function_name, url, due_at, attempts, created_at)"
                        + " values (?, 'f', 'https://a.example/', ?, 0, ?)",
                invocation,
                NOW.plusSeconds(9).atOffset(ZoneOffset.UTC),
                NOW.plusSeconds(9).atOffset(ZoneOffset.UTC));

        table.takeIn(NOW.plusSeconds(10), 10);

        assertThat(state(invocation).state()).isEqualTo("pending");
        assertThat(state(invocation).id()).isNotEqualTo(first.id());
    }

    @Test
    void claimsNothingForHostsThatAreBusy() {
        announce("https://a.example/");
        announce("https://b.example/");
        table.takeIn(NOW, 10);

        assertThat(table.claim("me", NOW, LEASE, List.of("a.example"), 10))
                .extracting(Delivery::host)
                .containsExactly("b.example");
    }

    @Test
    void leavesAClaimToItsOwnerUntilTheLeaseEnds() {
        UUID invocation = announce("https://a.example/");
        table.takeIn(NOW, 10);
        Delivery lost = claim("dead", NOW).getFirst();

        assertThat(claim("other", NOW.plus(LEASE).minusMillis(1))).isEmpty();
        Delivery taken = claim("other", NOW.plus(LEASE)).getFirst();

        assertThat(taken.attempts()).isEqualTo(2);
        assertThat(table.end("dead", lost, DELIVERED, NOW)).as("who lost it").isFalse();
        assertThat(table.end("other", taken, DELIVERED, NOW)).isTrue();
        assertThat(state(invocation).state()).isEqualTo("delivered");
    }

    @Test
    void claimsAgainWhatFailedWhenItsTimeHasCome() {
        UUID invocation = announce("https://a.example/");
        table.takeIn(NOW, 10);

        table.retry("me", claim("me", NOW).getFirst(), FAILED, NOW.plusSeconds(5));

        assertThat(state(invocation).lastStatus()).isEqualTo(500);
        assertThat(state(invocation).due()).isEqualTo(NOW.plusSeconds(5));
        assertThat(claim("me", NOW.plusSeconds(4))).isEmpty();
        assertThat(claim("me", NOW.plusSeconds(5))).hasSize(1);
    }

    @Test
    void countsNoAttemptForWhatIsGivenBack() {
        announce("https://a.example/");
        table.takeIn(NOW, 10);

        table.giveBack("me", claim("me", NOW).getFirst(), NOW);

        assertThat(claim("me", NOW).getFirst().attempts()).isEqualTo(1);
    }

    @Test
    void deletesWhatHasEndedAndNothingElse() {
        UUID ended = announce("https://a.example/");
        table.takeIn(NOW, 10);
        table.end("me", claim("me", NOW).getFirst(), FAILED, NOW);
        UUID pending = announce("https://a.example/");
        table.takeIn(NOW, 10);

        assertThat(table.deleteEnded(NOW, 10)).isZero();
        assertThat(table.deleteEnded(NOW.plusSeconds(1), 10)).isEqualTo(1);

        assertThat(table.newest(ended)).isEmpty();
        assertThat(table.newest(pending)).isPresent();
    }
}
