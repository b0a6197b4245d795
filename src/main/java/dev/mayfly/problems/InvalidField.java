package dev.mayfly.problems;

/**
 * What is wrong with one field of a request; an item of a problem's {@code errors}.
 *
 * @param field its path, for example {@code limits.memoryMiB}
 * @param message what it must be
 */
public record InvalidField(String field, String message) {}
