package dev.mayfly.functions;

import dev.mayfly.artifacts.ContentDigest;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A change of a function's configuration. Where there are versions already, it publishes the module of one of them, the
 * base, with the new configuration; a version that is just that already is used again.
 *
 * @param function to be configured; made if there is none
 * @param wanted the new configuration
 * @param base the version whose module is used; by default the one that {@code live} points to
 * @param activate whether {@code live} is to point to the result
 * @param precondition on the function
 * @param checked the base's module, once it was found to run under the configuration
 */
record Reconfiguration(
        FunctionName function,
        FunctionConfiguration wanted,
        OptionalInt base,
        boolean activate,
        Precondition precondition,
        Optional<CheckedModule> checked) {

    /** What came of an attempt to configure. */
    sealed interface Result {}

    record Done(Tagged<FunctionView> function, boolean created) implements Result {}

    /** Nothing was changed: this module has to be checked against the configuration before. */
    record CheckNeeded(ContentDigest digest) implements Result {}

    Reconfiguration with(CheckedModule module) {
        return new Reconfiguration(function, wanted, base, activate, precondition, Optional.of(module));
    }

    boolean covers(ContentDigest digest) {
        return checked.filter(module -> module.digest().equals(digest)).isPresent();
    }
}
