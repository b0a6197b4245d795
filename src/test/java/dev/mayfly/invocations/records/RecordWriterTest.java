package dev.mayfly.invocations.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.CannotCreateTransactionException;

class RecordWriterTest {

    private static final RecordProperties PROPERTIES = new RecordProperties(
            100,
            10,
            Duration.ofMillis(1),
            new RecordProperties.Retention(Duration.ofDays(1), 100, Duration.ofMinutes(1)));

    private final RecordBuffer buffer = new RecordBuffer(PROPERTIES.buffer());
    private final List<InvocationRecord> written = new ArrayList<>();

    private RecordWriter start(Consumer<List<InvocationRecord>> database) {
        RecordWriter writer = new RecordWriter(buffer, database, PROPERTIES);
        writer.start();
        return writer;
    }

    private static List<InvocationRecord> records(int count) {
        List<InvocationRecord> records = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            records.add(Records.of(i));
        }
        return records;
    }

    @Test
    void stoppingWritesWhatIsLeft() {
        RecordWriter writer = start(written::addAll);
        records(35).forEach(buffer::ended);

        writer.stop();

        assertThat(written).containsExactlyElementsOf(records(35));
        assertThat(buffer.size()).isZero();
    }

    @Test
    void aRefusedRecordDoesNotHoldUpTheOthers() {
        RecordWriter writer = start(batch -> {
            if (batch.contains(Records.of(2))) {
                throw new DataIntegrityViolationException("on purpose");
            }
            written.addAll(batch);
        });
        records(5).forEach(buffer::ended);

        writer.stop();

        assertThat(written).containsExactlyInAnyOrder(Records.of(1), Records.of(3), Records.of(4), Records.of(5));
        assertThat(buffer.dropped()).isEqualTo(1);
    }

    private static Stream<RuntimeException> outages() {
        return Stream.of(
                new TransientDataAccessResourceException("on purpose"),
                new DataAccessResourceFailureException("on purpose"),
                new CannotCreateTransactionException("on purpose"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void aDatabaseThatIsAwayForAMomentGetsTheRecordsLater(RuntimeException outage) throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(2);
        RecordWriter writer = start(batch -> {
            failed.countDown();
            if (failed.getCount() > 0) {
                throw outage;
            }
            written.addAll(batch);
        });
        buffer.ended(Records.of(1));
        assertThat(failed.await(20, TimeUnit.SECONDS)).isTrue();

        writer.stop();

        assertThat(written).containsExactly(Records.of(1));
    }

    @Test
    void aDatabaseThatStaysAwayDoesNotKeepTheApplicationFromStopping() {
        RecordWriter writer = start(batch -> {
            throw new TransientDataAccessResourceException("on purpose");
        });
        records(25).forEach(buffer::ended);

        writer.stop();

        assertThat(buffer.size()).isZero();
        assertThat(buffer.dropped()).isEqualTo(25);
    }
}
