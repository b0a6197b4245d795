package dev.mayfly.callbacks;

import dev.mayfly.asynchronous.CallbackPolicy;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import java.net.URI;

/** Lets those callbacks pass that the operator allows. Names are resolved, and what they stand for checked, at delivery. */
final class CallbackRules implements CallbackPolicy {

    private final AllowList allowed;

    CallbackRules(AllowList allowed) {
        this.allowed = allowed;
    }

    @Override
    public void check(URI callback) {
        if (allowed.isEmpty()) {
            throw refused("The operator allows no callbacks.");
        }
        CallbackAddress.fault(callback).ifPresent(fault -> {
            throw refused(fault);
        });
        if (!allowed.allows(callback)) {
            throw refused("The operator does not allow callbacks to that address.");
        }
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(ProblemType.CALLBACK_REFUSED, detail);
    }
}
