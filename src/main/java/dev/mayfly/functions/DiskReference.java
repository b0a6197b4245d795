package dev.mayfly.functions;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.mayfly.artifacts.ContentDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a disk, and the digest of what it is. Its text is {@code name@version@sha256:...}.
 *
 * @param name of the disk
 * @param version from 1
 */
public record DiskReference(String name, int version, ContentDigest digest) {

    /** What users write: the name and the version, and the digest if they know it. */
    public static final String PATTERN = "[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?@[1-9][0-9]{0,8}(?:@sha256:[0-9a-f]{64})?";

    private static final Pattern FORM = Pattern.compile("([^@]+)@([0-9]+)(?:@(sha256:[0-9a-f]{64}))?");
    private static final Pattern WANTED = Pattern.compile(PATTERN);

    /** What a user asks for. */
    record Wanted(String name, int version, Optional<ContentDigest> digest) {}

    /** Reads what a user wrote; empty if it is of another form. */
    static Optional<Wanted> wanted(String text) {
        Matcher form = FORM.matcher(text);
        return WANTED.matcher(text).matches() && form.matches()
                ? Optional.of(new Wanted(
                        form.group(1),
                        Integer.parseInt(form.group(2)),
                        Optional.ofNullable(form.group(3)).map(ContentDigest::parse)))
                : Optional.empty();
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if it is of another form
     */
    @JsonCreator
    public static DiskReference parse(String text) {
        Wanted read = wanted(text).orElseThrow(() -> new IllegalArgumentException("no reference to a disk"));
        return new DiskReference(
                read.name(),
                read.version(),
                read.digest().orElseThrow(() -> new IllegalArgumentException("a reference without a digest")));
    }

    @Override
    @JsonValue
    public String toString() {
        return name + "@" + version + "@" + digest;
    }
}
