package dev.mayfly.functions;

import dev.mayfly.artifacts.ContentDigest;
import java.time.Duration;

/**
 * A module that was found to run under a configuration: valid, within the runtime's constraints, and compiled.
 *
 * @param digest of its bytes
 * @param described its face to the host
 * @param configuration that it was checked against
 * @param timings what the checks took
 */
record CheckedModule(
        ContentDigest digest, ModuleInterface described, FunctionConfiguration configuration, Timings timings) {

    /** Time spent on each stage; {@code compile} is zero where the code was in memory already. */
    record Timings(Duration decode, Duration validate, Duration compile) {}
}
