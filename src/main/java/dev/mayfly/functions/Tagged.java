package dev.mayfly.functions;

/**
 * A representation with the tag of the state that it shows.
 *
 * @param tag what goes into an {@code ETag} header, without quotes
 */
record Tagged<T>(T value, String tag) {}
