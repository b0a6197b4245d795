package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.Module;
import java.time.Duration;

/**
 * A module that was decoded and found valid.
 *
 * @param decoding the time spent on reading the binary, checking what it declares, and waiting for input
 * @param validating the time spent on function bodies, whose instructions are decoded and checked in one pass
 */
public record ValidatedModule(Module module, Duration decoding, Duration validating) {}
