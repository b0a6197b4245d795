package dev.mayfly.functions;

import dev.mayfly.artifacts.StagedArtifact;

/**
 * A staged module that was found to run, ready to become a version.
 *
 * @param function that the version is to belong to
 * @param staged the module's file
 * @param module what was found out about it
 * @param ownConfiguration whether the configuration came with it; otherwise it is the function's, and must still be
 * @param activate whether {@code live} is to point to the version
 */
record Publication(
        FunctionName function,
        StagedArtifact staged,
        CheckedModule module,
        boolean ownConfiguration,
        boolean activate) {

    /** What came of an attempt to publish. */
    sealed interface Result {}

    record Published(VersionView version) implements Result {}

    /** The function's configuration was changed since the module was checked: it is to be checked against this one. */
    record ConfigurationChanged(FunctionConfiguration configuration) implements Result {}
}
