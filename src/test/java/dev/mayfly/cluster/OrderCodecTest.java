package dev.mayfly.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderCodecTest {

    private final OrderCodec codec = new OrderCodec();

    @Test
    void anOrderArrivesAsItWasSent() throws IOException {
        assertThat(codec.decode(codec.encode(Orders.COMMAND))).isEqualTo(Orders.COMMAND);
        assertThat(codec.decode(codec.encode(Orders.FUNCTION))).isEqualTo(Orders.FUNCTION);
    }

    @Test
    void theInputBehindTheHeadIsLeftInTheStream() throws IOException {
        byte[] head = codec.encode(Orders.COMMAND);
        ByteBuffer body = ByteBuffer.allocate(head.length + 3).put(head).put(new byte[] {1, 2, 3});
        InputStream in = new ByteArrayInputStream(body.array());

        assertThat(OrderCodec.readHead(in)).isEqualTo(head);
        assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
    }

    @Test
    void whatALaterVersionAddsIsIgnored() throws IOException {
        byte[] changed = replace(codec.encode(Orders.COMMAND), "\"function\"", "\"news\":[{\"x\":1}],\"function\"");

        assertThat(codec.decode(changed)).isEqualTo(Orders.COMMAND);
    }

    @Test
    void whatAnEarlierVersionDidNotKnowHasItsDefault() throws IOException {
        byte[] changed = replace(codec.encode(Orders.COMMAND), "\"weight\":200,", "");

        assertThat(codec.decode(changed).version().configuration().weight()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"hello\",\"version\" > \"Not-A-Name\",\"version\"",
                "\"version\":3 > \"version\":0",
                "\"abab > \"xxab",
                "\"memoryMiB\":64 > \"memoryMiB\":0",
                "\"memoryMiB\":64 > \"memoryMiB\":9999999",
                "\"timeoutMs\":1000 > \"timeoutMs\":-1",
                "\"maxStackKiB\":512 > \"maxStackKiB\":1000000",
                "\"maxFiles\":10 > \"maxFiles\":-10",
                "\"http\":\"wagi\" > \"http\":\"gopher\"",
                "\"B\":\"zwei\" > \"B\":null",
                "\"limits\": > \"limitz\":",
                "[\"hello\",\"world\"] > [\"hello\",null]",
                "[\"hello\",\"world\"] > null",
                "\"/x\" > null",
                "\"id\":\"0190b9c8 > \"id\":\"",
                "\"id\": > \"ID\":"
            })
    void refusesWhatIsNoOrder(String change) {
        String[] parts = change.split(" > ", 2);
        byte[] damaged = replace(codec.encode(Orders.COMMAND), parts[0], parts[1]);

        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> codec.decode(damaged));
    }

    @Test
    void refusesAHeadThatIsTooLongBeforeItIsRead() {
        byte[] prefix =
                ByteBuffer.allocate(4).putInt(OrderCodec.MOST_HEAD_BYTES).array();

        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> OrderCodec.readHead(new ByteArrayInputStream(prefix)));
    }

    @Test
    void refusesAHeadThatEndsEarly() {
        byte[] head = codec.encode(Orders.FUNCTION);
        for (int length = 0; length < head.length; length++) {
            InputStream cut = new ByteArrayInputStream(head, 0, length);
            assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> OrderCodec.readHead(cut));
        }
    }

    /** Changes the documents and makes their lengths right again. */
    static byte[] replace(byte[] head, String what, String by) {
        ByteBuffer in = ByteBuffer.wrap(head);
        ByteBuffer out = ByteBuffer.allocate(head.length + 1000);
        boolean found = false;
        while (in.hasRemaining()) {
            byte[] part = new byte[in.getInt()];
            in.get(part);
            String text = new String(part, StandardCharsets.UTF_8);
            found |= text.contains(what);
            byte[] changed = text.replace(what, by).getBytes(StandardCharsets.UTF_8);
            out.putInt(changed.length).put(changed);
        }
        assertThat(found).as("%s is there", what).isTrue();
        byte[] result = new byte[out.position()];
        out.flip().get(result);
        return result;
    }
}
