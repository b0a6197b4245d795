package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.Module;
import java.time.Duration;

/**
 * A module that was decoded and found valid.
 *
 * @param decoding the time spent on reading the binary format
 * @param validating the time spent on checking
 */
public record ValidatedModule(Module module, Duration decoding, Duration validating) {}
