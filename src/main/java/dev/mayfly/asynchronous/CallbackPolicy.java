package dev.mayfly.asynchronous;

import dev.mayfly.problems.ProblemException;
import java.net.URI;

/**
 * Says which addresses may be called back. An invocation that has ended and asked for it leaves a row in the table {@code
 * async_callback}, in the transaction that ends it; what is done with these rows is up to who provides the policy. Where
 * nobody does, every callback is refused.
 */
@FunctionalInterface
public interface CallbackPolicy {

    /**
     * Lets an address pass.
     *
     * @throws ProblemException of type {@code callback-refused} if it may not be called
     */
    void check(URI callback);
}
