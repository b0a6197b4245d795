package dev.mayfly.callbacks;

import dev.mayfly.asynchronous.AsynchronousInvocation;
import dev.mayfly.asynchronous.AsynchronousInvocations;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Words the results of invocations for delivery. */
final class Results {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final AsynchronousInvocations invocations;
    private final JdbcTemplate jdbc;
    private final int maxOutput;

    Results(AsynchronousInvocations invocations, JdbcTemplate jdbc, int maxOutput) {
        this.invocations = invocations;
        this.jdbc = jdbc;
        this.maxOutput = maxOutput;
    }

    /** The result of an invocation, as JSON; empty if it is not kept any more, or runs again. */
    Optional<byte[]> of(UUID invocation) {
        return invocations
                .find(invocation)
                .filter(found -> found.state().ended())
                .map(found -> JSON.writeValueAsBytes(result(found)));
    }

    private CallbackResult result(AsynchronousInvocation invocation) {
        Output output = jdbc
                .query(
                        "select output, output_type from async_invocation where id = ?",
                        (row, _) -> output(row.getBytes(1), row.getString(2)),
                        invocation.id())
                .stream()
                .findFirst()
                .orElse(Output.NONE);
        return CallbackResult.of(invocation, output);
    }

    /**
     * The beginning of what an invocation wrote.
     *
     * @param text of it; null if it is none
     * @param base64 of it; null if it is text
     * @param cut whether there was more of it that is kept
     */
    record Output(
            @Nullable String text,
            @Nullable String base64,
            @Nullable String type,
            boolean cut) {

        static final Output NONE = new Output("", null, null, false);
    }

    private Output output(byte @Nullable [] bytes, @Nullable String type) {
        if (bytes == null) {
            return Output.NONE;
        }
        boolean cut = bytes.length > maxOutput;
        byte[] shown = cut ? Arrays.copyOf(bytes, maxOutput) : bytes;
        int whole = cut ? wholeCharacters(bytes, maxOutput) : shown.length;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(shown, 0, whole))
                    .toString();
            return new Output(text, null, type, cut);
        } catch (CharacterCodingException notText) {
            return new Output(null, Base64.getEncoder().encodeToString(shown), type, cut);
        }
    }

    /** So many of the first bytes that no character of UTF-8 is cut in two. */
    private static int wholeCharacters(byte[] bytes, int most) {
        int end = most;
        while (end > 0 && most - end < 3 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return end;
    }
}
