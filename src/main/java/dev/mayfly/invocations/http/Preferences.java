package dev.mayfly.invocations.http;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.modulith.NamedInterface;

/**
 * How a client would like to be answered (RFC 7240). Preferences that are not known, or make no sense, are left alone, as
 * that says.
 *
 * @param respondAsync whether it would rather not wait
 * @param patience how long it would wait at most, if it says so
 */
@NamedInterface("http")
public record Preferences(boolean respondAsync, Optional<Duration> patience) {

    private static final Preferences NONE = new Preferences(false, Optional.empty());

    private static final int LONGEST_SECONDS = 6;

    /** The preferences of a request. */
    public static Preferences of(HttpServletRequest request) {
        if (request.getHeader("Prefer") == null) {
            return NONE;
        }
        List<String> names = Collections.list(request.getHeaders("Prefer")).stream()
                .flatMap(header -> Stream.of(header.split(",", -1)))
                .map(preference -> preference.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .toList();
        return new Preferences(
                names.contains("respond-async"),
                names.stream().flatMap(name -> wait(name).stream()).findFirst());
    }

    /** Written as {@code wait=30}, in seconds. */
    private static Optional<Duration> wait(String preference) {
        int equals = preference.indexOf('=');
        if (equals < 0 || !preference.substring(0, equals).strip().equals("wait")) {
            return Optional.empty();
        }
        String seconds = preference.substring(equals + 1).strip().replace("\"", "");
        return seconds.isEmpty()
                        || seconds.length() > LONGEST_SECONDS
                        || !seconds.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Long.parseLong(seconds)));
    }
}
