package dev.mayfly.invocations.http;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CGI/1.1 program's output (RFC 3875, section 6): header lines, an empty line, the body. Lines end with LF or CR LF.
 *
 * <p>Nothing of it reaches the response unchecked: names are tokens and values printable (RFC 9110, section 5), so a
 * header cannot smuggle in another, and headers are dropped that are the server's to decide. A local redirect (section
 * 6.2.2) is sent to the client like any other.
 */
final class CgiResponse implements ResponseFormat {

    private static final int MOST_HEADERS = 100;
    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int STATUS_LENGTH = 3;
    private static final String DELIMITERS = "\"(),/:;<=>?@[\\]{}";

    /**
     * Headers that are dropped: those of the connection and of the message's framing, those that act on every function
     * of the same origin, and those in which the platform speaks.
     */
    private static final Set<String> DROPPED = Set.of(
            "alt-svc",
            "clear-site-data",
            "connection",
            "content-length",
            "date",
            "keep-alive",
            "proxy-authenticate",
            "proxy-connection",
            "server",
            "server-timing",
            "service-worker-allowed",
            "strict-transport-security",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final String PLATFORM_PREFIX = "mayfly-";

    private record Header(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    @Override
    public int begin(byte[] output, HttpServletResponse response) throws MalformedGuestResponseException {
        List<Header> headers = new ArrayList<>();
        int at = 0;
        int end = lineEnd(output, at);
        while (end > at && !(end == at + 1 && output[at] == '\r')) {
            if (headers.size() == MOST_HEADERS) {
                throw malformed("it has more than " + MOST_HEADERS + " headers");
            }
            headers.add(header(output, at, output[end - 1] == '\r' ? end - 1 : end));
            at = end + 1;
            end = lineEnd(output, at);
        }
        apply(headers, response);
        return end + 1;
    }

    private static int lineEnd(byte[] output, int from) throws MalformedGuestResponseException {
        for (int i = from; i < Math.min(output.length, LONGEST_HEAD); i++) {
            if (output[i] == '\n') {
                return i;
            }
        }
        throw malformed("no empty line ends its headers within " + LONGEST_HEAD + " bytes");
    }

    private static Header header(byte[] output, int from, int to) throws MalformedGuestResponseException {
        String line = new String(output, from, to - from, StandardCharsets.ISO_8859_1);
        int colon = line.indexOf(':');
        if (colon < 1 || !line.chars().limit(colon).allMatch(CgiResponse::isTokenCharacter)) {
            throw malformed("a line of its head is no header");
        }
        String value = line.substring(colon + 1).strip();
        if (!value.chars().allMatch(CgiResponse::isValueCharacter)) {
            throw malformed("the value of its header '" + line.substring(0, colon) + "' has a control character");
        }
        return new Header(line.substring(0, colon), value);
    }

    private static boolean isTokenCharacter(int c) {
        return c > ' ' && c < 0x7F && DELIMITERS.indexOf(c) < 0;
    }

    private static boolean isValueCharacter(int c) {
        return c == '\t' || (c >= ' ' && c != 0x7F);
    }

    private static void apply(List<Header> headers, HttpServletResponse response)
            throws MalformedGuestResponseException {
        String status = single(headers, "Status");
        String location = single(headers, "Location");
        String type = single(headers, "Content-Type");
        if (status == null && location == null && type == null) {
            throw malformed("it has none of the headers Status, Location and Content-Type");
        }
        int code = status != null
                ? status(status)
                : location != null ? HttpServletResponse.SC_FOUND : HttpServletResponse.SC_OK;
        response.setStatus(code);
        for (Header header : headers) {
            if (!header.is("Status") && !isDropped(header)) {
                response.addHeader(header.name(), header.value());
            }
        }
    }

    private static boolean isDropped(Header header) {
        String lower = header.name().toLowerCase(Locale.ROOT);
        return DROPPED.contains(lower) || lower.startsWith(PLATFORM_PREFIX);
    }

    private static @Nullable String single(List<Header> headers, String name) throws MalformedGuestResponseException {
        List<Header> found = headers.stream().filter(header -> header.is(name)).toList();
        if (found.size() > 1) {
            throw malformed("it has more than one header " + name);
        }
        return found.isEmpty() ? null : found.getFirst().value();
    }

    /** Three digits, and a reason that is not used; not one of the 1xx codes, which are about the connection. */
    private static int status(String text) throws MalformedGuestResponseException {
        boolean wellFormed = text.length() >= STATUS_LENGTH
                && (text.length() == STATUS_LENGTH || text.charAt(STATUS_LENGTH) == ' ')
                && text.chars().limit(STATUS_LENGTH).allMatch(c -> c >= '0' && c <= '9')
                && text.charAt(0) >= '2'
                && text.charAt(0) <= '5';
        if (!wellFormed) {
            throw malformed("its status is not one from 200 to 599");
        }
        return Integer.parseInt(text.substring(0, STATUS_LENGTH));
    }

    private static MalformedGuestResponseException malformed(String why) {
        return new MalformedGuestResponseException("The function's output is no CGI response: " + why + ".");
    }
}
