package dev.mayfly.asynchronous.http;

import dev.mayfly.asynchronous.AsynchronousInvocations;
import dev.mayfly.asynchronous.AsynchronousProperties;
import dev.mayfly.asynchronous.Submission;
import dev.mayfly.invocations.DeferredCall;
import dev.mayfly.invocations.DeferredCalls;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Accepts what clients of the invoke endpoint do not wait for. */
@Component
final class AcceptedCalls implements DeferredCalls {

    private final AsynchronousInvocations invocations;
    private final AsynchronousProperties properties;

    AcceptedCalls(AsynchronousInvocations invocations, AsynchronousProperties properties) {
        this.invocations = invocations;
        this.properties = properties;
    }

    @Override
    public long maxInputBytes() {
        return properties.maxInput().toBytes();
    }

    @Override
    public UUID accept(DeferredCall call) {
        return invocations.submit(new Submission(
                call.function(),
                call.selector(),
                call.arguments(),
                call.input(),
                call.callback(),
                call.idempotencyKey(),
                call.notBefore(),
                Submission.API));
    }
}
