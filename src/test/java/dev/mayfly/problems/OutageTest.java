package dev.mayfly.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ProblemDetail;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Which faults are those of the database and of the disk. */
class OutageTest {

    /** Nothing listens there. */
    private static final String NOWHERE = "jdbc:postgresql://127.0.0.1:1/none?connectTimeout=5";

    private static ProblemDetail report(Throwable fault) {
        return UnexpectedProblems.report(fault, "GET /test");
    }

    private static void assertType(Throwable fault, ProblemType type) {
        ProblemDetail problem = report(fault);
        assertThat(problem.getType()).isEqualTo(type.type());
        assertThat(problem.getStatus()).isEqualTo(type.status().value());
        assertThat(problem.getProperties()).containsKey("errorId");
    }

    @Test
    void aDatabaseThatDoesNotListenIsUnavailable() {
        JdbcTemplate database = new JdbcTemplate(new DriverManagerDataSource(NOWHERE, "none", "none"));

        assertType(catchThrowable(() -> database.execute("select 1")), ProblemType.DATABASE_UNAVAILABLE);
    }

    @Test
    void aTransactionThatCannotBeginMeansThatTheDatabaseIsUnavailable() {
        HikariConfig configuration = new HikariConfig();
        configuration.setJdbcUrl(NOWHERE);
        configuration.setConnectionTimeout(250);
        configuration.setInitializationFailTimeout(-1);
        try (HikariDataSource pool = new HikariDataSource(configuration)) {
            TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(pool));

            assertType(
                    catchThrowable(() -> transactions.executeWithoutResult(status -> {})),
                    ProblemType.DATABASE_UNAVAILABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "57P03"})
    void aDatabaseThatEndsTheConnectionIsUnavailable(String state) {
        SQLException lost = new SQLException("lost", state);

        assertType(new UncategorizedSQLException("test", null, lost), ProblemType.DATABASE_UNAVAILABLE);
    }

    @Test
    void aFullDiskIsToldApart() {
        Path full = Path.of("/dev/full");
        assumeThat(full).as("a device that is always full").exists();
        IOException fault = (IOException) catchThrowable(() -> Files.write(full, new byte[1]));

        assertType(new UncheckedIOException(fault), ProblemType.STORAGE_FULL);
    }

    @Test
    void aDatabaseWithoutRoomIsNoLostConnection() {
        SQLException full = new SQLException("could not extend file", "53100");

        assertType(new UncategorizedSQLException("test", null, full), ProblemType.STORAGE_FULL);
    }

    @Test
    void everythingElseIsOurs() {
        assertType(new IllegalStateException("No space left on device"), ProblemType.INTERNAL);
        assertType(new UncheckedIOException(new IOException()), ProblemType.INTERNAL);
        assertType(
                new UncategorizedSQLException("test", null, new SQLException("syntax", "42601")), ProblemType.INTERNAL);
    }
}
