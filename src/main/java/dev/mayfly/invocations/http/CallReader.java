package dev.mayfly.invocations.http;

import dev.mayfly.invocations.Call;
import dev.mayfly.invocations.Calls;
import dev.mayfly.invocations.InvalidArgumentsException;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a request asks of the instance. */
final class CallReader {

    private final Calls calls;

    CallReader(JsonMapper json) {
        this.calls = new Calls(json);
    }

    /**
     * Reads the call of a reactor's function: the body is a JSON array of its arguments.
     *
     * @param export to call
     * @throws ProblemException if the body is none
     */
    Call.Function function(String export, RequestBody body, List<String> arguments, Map<String, String> environment) {
        if (!body.complete()) {
            throw new ProblemException(
                    ProblemType.INPUT_TOO_LARGE,
                    "A function's arguments may have " + body.bytes().remaining()
                            + " bytes at most: mayfly.invocations.input-buffer.");
        }
        try {
            return calls.function(export, body.bytes(), arguments, environment);
        } catch (InvalidArgumentsException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, String.valueOf(e.getMessage()));
        }
    }
}
