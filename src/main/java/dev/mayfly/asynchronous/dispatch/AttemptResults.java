package dev.mayfly.asynchronous.dispatch;

import dev.mayfly.asynchronous.queue.Ending;
import dev.mayfly.invocations.InvalidArgumentsException;
import dev.mayfly.invocations.Invocation;
import dev.mayfly.invocations.InvocationResult;
import dev.mayfly.invocations.NumberCodec;
import dev.mayfly.invocations.http.InvocationProblems;
import dev.mayfly.invocations.records.InvocationOutcome;
import dev.mayfly.problems.ProblemType;
import dev.mayfly.sandbox.Outcome;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/** Words what came of attempts. */
final class AttemptResults {

    private final JsonMapper json;

    AttemptResults(JsonMapper json) {
        this.json = json;
    }

    /**
     * The result of an invocation that has ended.
     *
     * @param output the beginning of what it wrote
     */
    Ending.Result of(Invocation invocation, Instant started, ByteBuffer output) {
        @Nullable
        Outcome outcome = invocation.result().orElse(null) instanceof InvocationResult.Ran ran
                ? ran.execution().outcome()
                : null;
        boolean returned = outcome instanceof Outcome.Returned;
        ByteBuffer answer = outcome instanceof Outcome.Returned(var values)
                ? ByteBuffer.wrap(json.writeValueAsBytes(NumberCodec.results(values)))
                : output;
        return new Ending.Result(
                invocation.id(),
                started,
                invocation.request().version().version(),
                invocation.outcome().id(),
                outcome instanceof Outcome.Exited(int code) ? code : null,
                problem(invocation),
                answer,
                returned ? MediaType.APPLICATION_JSON_VALUE : null,
                returned ? answer.remaining() : invocation.output().written());
    }

    private @Nullable String problem(Invocation invocation) {
        boolean notRun = invocation.result().orElse(null) instanceof InvocationResult.NotRun;
        return notRun || invocation.outcome() == InvocationOutcome.SUCCEEDED
                ? null
                : json.writeValueAsString(InvocationProblems.of(invocation).problem());
    }

    /** The lease of the last attempt ran out. */
    Ending.Result lost() {
        ProblemDetail problem = ProblemType.EXECUTION_LOST.with(
                "The process that ran the function was lost. It may have run, in part or to its end.");
        problem.setProperty("mayHaveStarted", true);
        return Ending.Result.without(InvocationOutcome.LOST.id(), json.writeValueAsString(problem));
    }

    /** There is no such function or version any more; the message is for the client. */
    Ending.Result gone(RuntimeException e) {
        return Ending.Result.without(
                InvocationOutcome.FAILED.id(),
                json.writeValueAsString(ProblemType.FUNCTION_NOT_FOUND.with(String.valueOf(e.getMessage()))));
    }

    Ending.Result invalid(InvalidArgumentsException e) {
        return Ending.Result.without(
                InvocationOutcome.INVALID_ARGUMENTS.id(),
                json.writeValueAsString(ProblemType.INVALID_REQUEST.with(String.valueOf(e.getMessage()))));
    }
}
