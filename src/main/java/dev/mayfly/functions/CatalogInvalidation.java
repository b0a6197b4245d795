package dev.mayfly.functions;

/** Is told when a function was changed. */
@FunctionalInterface
interface CatalogInvalidation {

    void invalidate(FunctionName function);
}
