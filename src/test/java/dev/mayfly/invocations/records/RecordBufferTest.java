package dev.mayfly.invocations.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecordBufferTest {

    private final RecordBuffer buffer = new RecordBuffer(3);

    @Test
    void aRecordIsFoundUntilItIsRemoved() throws InterruptedException {
        InvocationRecord invocation = Records.of(1);
        buffer.ended(invocation);

        assertThat(buffer.await(10)).containsExactly(invocation);
        assertThat(buffer.find(invocation.id())).contains(invocation);
        buffer.remove(List.of(invocation));
        assertThat(buffer.find(invocation.id())).isEmpty();
    }

    @Test
    void theOldestIsDroppedWhenThereAreTooMany() {
        for (int i = 1; i <= 5; i++) {
            buffer.ended(Records.of(i));
        }

        assertThat(buffer.of("function")).containsExactly(Records.of(5), Records.of(4), Records.of(3));
        assertThat(buffer.dropped()).isEqualTo(2);
    }

    @Test
    void aClosedBufferGivesWhatIsLeftAndThenNothing() throws InterruptedException {
        buffer.ended(Records.of(1));
        buffer.close();

        assertThat(buffer.await(10)).hasSize(1);
        buffer.remove(List.of(Records.of(1)));
        assertThat(buffer.await(10)).isEmpty();
    }
}
