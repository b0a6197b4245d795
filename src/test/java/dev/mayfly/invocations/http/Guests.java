package dev.mayfly.invocations.http;

import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.wasi.GuestOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What scripted guests have in common. */
public final class Guests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Guests() {}

    /** Copies standard input to standard output. */
    public static Outcome echo(InstanceSpec spec, Interruption interruption) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
        int count = spec.stdin().read(buffer, interruption.remaining());
        while (count >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                if (spec.stdout().write(buffer, interruption.remaining()) == 0) {
                    return new Outcome.Interrupted(Interruption.Reason.DEADLINE);
                }
            }
            buffer.clear();
            count = spec.stdin().read(buffer, interruption.remaining());
        }
        return new Outcome.Exited(0);
    }

    /** Does nothing until it is interrupted. */
    public static Outcome idle(InstanceSpec spec, Interruption interruption) {
        interruption.pause(Duration.ofMinutes(1));
        return new Outcome.Exited(0);
    }

    public static void print(GuestOutput output, String text) throws IOException {
        write(output, text.getBytes(StandardCharsets.UTF_8));
    }

    public static void write(GuestOutput output, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            output.write(buffer, PATIENCE);
        }
    }

    public static byte[] readAll(InstanceSpec spec) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[1024];
        int count = spec.stdin().read(ByteBuffer.wrap(chunk), PATIENCE);
        while (count >= 0) {
            all.write(chunk, 0, count);
            count = spec.stdin().read(ByteBuffer.wrap(chunk), PATIENCE);
        }
        return all.toByteArray();
    }
}
