package dev.mayfly.cluster;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a signed request says of itself beside its method and path.
 *
 * @param time when it was signed
 * @param sender that signed it: a process
 * @param number of the request among those of its sender, from 1, never used twice
 * @param receiver the process it is for; empty if that is not known yet
 * @param content that was signed
 */
record RequestHead(Instant time, UUID sender, long number, Optional<UUID> receiver, ContentHash content) {

    static final String SCHEME = "Mayfly-HMAC-SHA256";

    private static final String UUID_FORM = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String NOBODY = "-";

    private static final Pattern FORM = Pattern.compile("(" + SCHEME + " ([0-9]{1,18}) (" + UUID_FORM
            + ") ([0-9]{1,18}) (" + UUID_FORM + "|-) ([0-9a-f]{64}|-)) ([0-9a-f]{64})");

    /** A head with the signature behind it. */
    record Signed(RequestHead head, String signature) {}

    /** The head as text, without a signature. */
    String text() {
        return SCHEME + " " + time.toEpochMilli() + " " + sender + " " + number + " "
                + receiver.map(UUID::toString).orElse(NOBODY) + " " + content;
    }

    /** What an answer refers to it by. */
    String nonce() {
        return sender + "/" + number;
    }

    /** Reads a head and its signature; empty if they have another form. */
    static Optional<Signed> parse(@Nullable String header) {
        Matcher form = FORM.matcher(header == null ? "" : header);
        if (!form.matches()) {
            return Optional.empty();
        }
        RequestHead head = new RequestHead(
                Instant.ofEpochMilli(Long.parseLong(form.group(2))),
                UUID.fromString(form.group(3)),
                Long.parseLong(form.group(4)),
                form.group(5).equals(NOBODY) ? Optional.empty() : Optional.of(UUID.fromString(form.group(5))),
                new ContentHash(form.group(6)));
        return Optional.of(new Signed(head, form.group(7)));
    }
}
