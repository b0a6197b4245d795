package dev.mayfly.disks;

import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.InvalidNameException;
import java.util.regex.Pattern;

/**
 * A disk's name, of the form that functions' names have.
 *
 * @param value 1 to 63 lower-case letters, digits and hyphens; begins with a letter, ends with no hyphen
 */
record DiskName(String value) {

    private static final Pattern FORM = Pattern.compile(FunctionName.PATTERN);

    DiskName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidNameException("disk name", value, FunctionName.PATTERN);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
