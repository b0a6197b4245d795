package dev.mayfly.invocations.http;

import dev.mayfly.functions.VersionSelector;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request to invoke. Read from the URL by hand: the servlet API's parameters are also those of a form in
 * the body, and the body is the function's.
 *
 * @param selector which version is meant
 * @param arguments for the program
 */
record InvocationQuery(VersionSelector selector, List<String> arguments) {

    /**
     * Reads a query.
     *
     * @throws ProblemException if it is malformed or has a parameter that there is not
     */
    static InvocationQuery parse(@Nullable String query) {
        VersionSelector selector = null;
        List<String> arguments = new ArrayList<>();
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (name.equals("arg")) {
                arguments.add(argument(value));
            } else if (selector == null) {
                selector = selector(name, value);
            } else {
                throw invalid("Give one of 'version' and 'alias', once.");
            }
        }
        return new InvocationQuery(selector == null ? VersionSelector.LIVE : selector, List.copyOf(arguments));
    }

    private static VersionSelector selector(String name, String value) {
        return switch (name) {
            case "version" -> new VersionSelector.Numbered(version(value));
            case "alias" -> new VersionSelector.Alias(value);
            default -> throw invalid("There is no query parameter '" + name + "'.");
        };
    }

    private static int version(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw invalid("'" + value + "' is no version number.");
        }
    }

    private static String argument(String value) {
        if (value.indexOf('\0') >= 0) {
            throw invalid("An argument cannot contain NUL.");
        }
        return value;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("The query is not percent-encoded as it must be.");
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, detail);
    }
}
