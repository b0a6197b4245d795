package dev.mayfly.asynchronous.queue;

import dev.mayfly.asynchronous.Submission;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Tells whether two submissions ask for the same, by SHA-256. */
final class RequestHash {

    private RequestHash() {}

    /** The hash of everything but the idempotency key and the source, in hexadecimal digits. */
    static String of(Submission submission) {
        MessageDigest digest = sha256();
        Stream.concat(
                        Stream.of(
                                submission.selector().toString(),
                                String.valueOf(submission.callback()),
                                String.valueOf(submission.notBefore())),
                        submission.arguments().stream())
                .forEach(part -> update(digest, part.getBytes(StandardCharsets.UTF_8)));
        digest.update(submission.input().duplicate());
        return HexFormat.of().formatHex(digest.digest());
    }

    /** With its length before it, so that no two lists of parts look alike. */
    private static void update(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        digest.update(part);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
