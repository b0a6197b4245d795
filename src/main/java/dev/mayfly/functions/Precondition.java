package dev.mayfly.functions;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;

/**
 * The state that a client wants a resource to be in for its change to be made (RFC 9110, sections 13.1.1 and 13.1.2).
 *
 * @param ifMatch the tags of which the resource must have one; empty if any state will do, or none
 * @param ifNoneMatch the tags of which the resource must have none
 */
public record Precondition(List<ETag> ifMatch, List<ETag> ifNoneMatch) {

    public static final Precondition NONE = new Precondition(List.of(), List.of());

    public static Precondition of(HttpHeaders headers) {
        return new Precondition(tags(headers, HttpHeaders.IF_MATCH), tags(headers, HttpHeaders.IF_NONE_MATCH));
    }

    /**
     * Compares with the state that there is.
     *
     * @param current the resource's tag; null if it does not exist
     * @throws PreconditionFailedException if it is not the wanted one
     */
    public void verify(@Nullable String current) {
        if (!ifMatch.isEmpty() && !matchesAny(ifMatch, current)) {
            throw new PreconditionFailedException(
                    "It was changed since it was read: no tag of If-Match is its current one.");
        }
        if (matchesAny(ifNoneMatch, current)) {
            throw new PreconditionFailedException("It exists in a state that If-None-Match excludes.");
        }
    }

    private static boolean matchesAny(List<ETag> tags, @Nullable String current) {
        return current != null
                && tags.stream().anyMatch(tag -> tag.isWildcard() || tag.compare(new ETag(current, false), true));
    }

    private static List<ETag> tags(HttpHeaders headers, String name) {
        List<String> values = headers.getOrEmpty(name);
        return values.isEmpty() ? List.of() : ETag.parse(String.join(", ", values));
    }
}
