package dev.mayfly.archives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class ChunkedInputStreamTest {

    private static final int CHUNK = 10;

    private final AtomicInteger loaded = new AtomicInteger();

    private InputStream stream(byte[] content) {
        List<byte[]> chunks = IntStream.range(0, (content.length + CHUNK - 1) / CHUNK)
                .mapToObj(i -> Arrays.copyOfRange(content, i * CHUNK, Math.min(content.length, (i + 1) * CHUNK)))
                .toList();
        return new ChunkedInputStream(
                number -> {
                    loaded.incrementAndGet();
                    return Optional.of(chunks.get(number));
                },
                chunks.size(),
                CHUNK);
    }

    @Test
    void readsAndSkipsAsAnArrayDoes() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            byte[] content = new byte[1 + random.nextInt(55)];
            random.nextBytes(content);
            InputStream stream = stream(content);
            int at = 0;
            while (at < content.length) {
                int count = random.nextInt(25);
                if (random.nextBoolean()) {
                    at += (int) stream.skip(count);
                } else {
                    byte[] read = stream.readNBytes(count);
                    assertThat(read).isEqualTo(Arrays.copyOfRange(content, at, Math.min(content.length, at + count)));
                    at += read.length;
                }
            }
            assertThat(stream.read()).isEqualTo(-1);
        }
    }

    @Test
    void whatIsSkippedIsNotLoaded() throws IOException {
        InputStream stream = stream(new byte[100]);
        assertThat(stream.skip(95)).isEqualTo(95);
        assertThat(stream.readAllBytes()).hasSize(5);
        assertThat(loaded).hasValue(1);
    }

    @Test
    void whatIsDeletedMeanwhileIsAnErrorAndNotAnEnd() {
        InputStream deleted = new ChunkedInputStream(_ -> Optional.empty(), 2, CHUNK);
        assertThatIOException().isThrownBy(deleted::read);
        InputStream unreachable = new ChunkedInputStream(
                _ -> {
                    throw new DataAccessResourceFailureException("gone");
                },
                2,
                CHUNK);
        assertThatIOException().isThrownBy(unreachable::read);
    }
}
