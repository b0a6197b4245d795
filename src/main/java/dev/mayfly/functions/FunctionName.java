package dev.mayfly.functions;

import java.util.regex.Pattern;

/**
 * A function's name, fit for a URL's path and a DNS label.
 *
 * @param value 1 to 63 lower-case letters, digits and hyphens; begins with a letter, ends with no hyphen
 */
public record FunctionName(String value) {

    /** The form of a name. */
    public static final String PATTERN = "[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    public FunctionName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidNameException("function name", value, PATTERN);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
