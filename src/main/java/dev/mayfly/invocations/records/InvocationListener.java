package dev.mayfly.invocations.records;

/** Is told of every invocation that has ended. Called on the invocation's path: must be quick, and must not fail. */
@FunctionalInterface
public interface InvocationListener {

    void ended(InvocationRecord invocation);
}
