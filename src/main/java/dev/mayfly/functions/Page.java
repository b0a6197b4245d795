package dev.mayfly.functions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items in the list's order
 * @param next where the list goes on; null at its end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(
        List<T> items,

        @Schema(description = "Where the list goes on; absent at its end", example = "/v1/functions?after=m&limit=50")
        @Nullable
        String next) {

    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 500;

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Makes a page of what was asked for with one item more than its limit, which tells whether the list goes on.
     *
     * @param path of the list
     * @param key what a list goes on after
     */
    public static <S, T> Page<T> of(
            List<S> found,
            int limit,
            String path,
            java.util.function.Function<S, Object> key,
            java.util.function.Function<S, T> view) {
        List<S> shown = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? path + "?after=" + key.apply(shown.getLast()) + "&limit=" + limit : null;
        return new Page<>(shown.stream().map(view).toList(), next);
    }
}
