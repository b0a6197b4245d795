package dev.mayfly.sandbox;

import java.nio.file.Path;

/**
 * A module's bytes.
 *
 * @param file that holds them; not written to while an engine reads it
 * @param digest their SHA-256, in hexadecimal digits, by which an engine may know what it has made of them before
 */
public record ModuleBinary(Path file, String digest) {}
