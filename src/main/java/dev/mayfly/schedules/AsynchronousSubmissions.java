package dev.mayfly.schedules;

import dev.mayfly.asynchronous.AsynchronousInvocations;
import dev.mayfly.asynchronous.Submission;
import dev.mayfly.functions.FunctionNotFoundException;
import dev.mayfly.functions.VersionNotFoundException;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import java.net.URI;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Submits to the durable queue. */
@Component
final class AsynchronousSubmissions implements Submissions {

    private final AsynchronousInvocations invocations;

    AsynchronousSubmissions(AsynchronousInvocations invocations) {
        this.invocations = invocations;
    }

    @Override
    public UUID submit(Order order) throws RefusedException {
        try {
            return invocations.submit(new Submission(
                    order.function(),
                    order.version(),
                    order.args(),
                    order.input(),
                    order.callback() == null ? null : URI.create(order.callback()),
                    order.key(),
                    null,
                    "schedule:" + order.schedule()));
        } catch (FunctionNotFoundException e) {
            throw new RefusedException(ProblemType.FUNCTION_NOT_FOUND.id());
        } catch (VersionNotFoundException e) {
            throw new RefusedException(ProblemType.VERSION_NOT_FOUND.id());
        } catch (ProblemException e) {
            throw new RefusedException(idOf(e));
        }
    }

    private static String idOf(ProblemException refusal) {
        String type = String.valueOf(refusal.problem().getType());
        return type.substring(type.lastIndexOf('/') + 1);
    }

    @Override
    public boolean isUnfinished(UUID invocation) {
        return invocations
                .find(invocation)
                .filter(found -> !found.state().ended())
                .isPresent();
    }
}
