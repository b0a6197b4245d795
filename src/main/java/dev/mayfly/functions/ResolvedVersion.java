package dev.mayfly.functions;

import dev.mayfly.artifacts.ContentDigest;

/**
 * A version, with everything that running it takes.
 *
 * @param function the function's name
 * @param version counted from 1
 * @param digest of its module
 * @param configuration it was published with
 */
public record ResolvedVersion(
        FunctionName function, int version, ContentDigest digest, FunctionConfiguration configuration) {}
