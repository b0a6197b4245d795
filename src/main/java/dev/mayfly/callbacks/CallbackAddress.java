package dev.mayfly.callbacks;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The form of an address that may be called back, wherever it points to. */
final class CallbackAddress {

    private static final int MAX_LENGTH = 2000;

    /** What somebody behind the address may take for a separator or for a way up, and we would not. */
    private static final Pattern AMBIGUOUS = Pattern.compile("(?i)%2e|%2f|%5c|%00|//|/\\.\\.?(/|$)");

    private CallbackAddress() {}

    /** What is wrong with an address; empty if nothing is. */
    static Optional<String> fault(URI address) {
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return Optional.of("It must be an http or https URL.");
        }
        if (address.getHost() == null
                || address.getHost().isEmpty()
                || address.getHost().endsWith(".")) {
            return Optional.of("It must name a host.");
        }
        if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
            return Optional.of("It must have neither user nor fragment.");
        }
        if (address.toString().length() > MAX_LENGTH) {
            return Optional.of("It may have " + MAX_LENGTH + " characters at most.");
        }
        return address.getRawPath() != null
                        && AMBIGUOUS.matcher(address.getRawPath()).find()
                ? Optional.of("Its path must not go up, or have empty parts or encoded separators.")
                : Optional.empty();
    }
}
