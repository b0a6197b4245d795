package dev.mayfly.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ContentEntityTest {

    private static final int BYTES = 200_000;

    private final AtomicLong now = new AtomicLong(10);

    @Test
    void itHasMadeProgressWheneverSomethingWasSent() throws IOException {
        byte[] content = new byte[BYTES];
        content[BYTES - 1] = 7;
        ContentEntity entity = new ContentEntity(new ByteArrayInputStream(content), BYTES, now::get);
        assertThat(entity.progressNanos()).isEqualTo(10);
        assertThat(entity.isSent()).isFalse();
        ByteArrayOutputStream sent = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                now.addAndGet(100);
                super.write(bytes, offset, length);
            }
        };

        entity.writeTo(sent);

        assertThat(sent.toByteArray()).isEqualTo(content);
        assertThat(now.get()).as("several pieces").isGreaterThan(110);
        assertThat(entity.progressNanos()).isEqualTo(now.get());
        assertThat(entity.isSent()).isTrue();
    }

    @Test
    void whatCannotBeReadIsNotTheFaultOfWhoItIsSentTo() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        ContentEntity entity = new ContentEntity(broken, 1, now::get);

        assertThatThrownBy(() -> entity.writeTo(new ByteArrayOutputStream()))
                .isInstanceOf(ContentPushes.UnreadableException.class);
    }
}
