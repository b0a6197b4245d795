package dev.mayfly.disk.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class SharedFileTest {

    @TempDir
    Path work;

    private SharedFile file;

    @BeforeEach
    void open() throws IOException {
        file = new SharedFile(Files.writeString(work.resolve("file"), "0123456789"));
    }

    @AfterEach
    void close() throws IOException {
        file.close();
    }

    private String read(long position, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length + 1).position(1);
        file.read(position, target);
        return new String(target.array(), 1, length, StandardCharsets.US_ASCII);
    }

    @Test
    void readsAnyPart() throws IOException {
        assertThat(read(0, 10)).isEqualTo("0123456789");
        assertThat(read(7, 3)).isEqualTo("789");
        assertThat(read(10, 0)).isEmpty();
    }

    @Test
    void aThreadThatIsInterruptedReadsAndStaysInterruptedAndOthersReadOn() throws IOException {
        Thread.currentThread().interrupt();

        assertThat(read(2, 3)).isEqualTo("234");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(read(3, 3)).isEqualTo("345");
    }

    @Test
    void theEndIsAnError() {
        assertThatThrownBy(() -> read(8, 3)).isInstanceOf(EOFException.class);
    }

    @Test
    void whatWasClosedStaysClosed() throws IOException {
        file.close();

        assertThatThrownBy(() -> read(0, 1)).isInstanceOf(ClosedChannelException.class);
    }
}
