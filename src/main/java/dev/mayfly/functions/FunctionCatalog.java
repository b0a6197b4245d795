package dev.mayfly.functions;

/** Finds what an invocation is to run. Fast enough for every invocation: answers come from memory. */
public interface FunctionCatalog {

    /**
     * Finds a version.
     *
     * @throws FunctionNotFoundException if there is no such function
     * @throws VersionNotFoundException if the function has no such version or alias
     */
    ResolvedVersion resolve(FunctionName function, VersionSelector selector);
}
