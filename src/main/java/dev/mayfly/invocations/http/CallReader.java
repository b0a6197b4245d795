package dev.mayfly.invocations.http;

import dev.mayfly.functions.FunctionConfiguration;
import dev.mayfly.invocations.Call;
import dev.mayfly.problems.ProblemType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.ByteBufferBackedInputStream;

/** Reads what a request asks of the instance. */
final class CallReader {

    private final ObjectReader json;

    CallReader(JsonMapper json) {
        this.json = json.readerFor(JsonNode.class).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
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
        return new Call.Function(export, values(body.bytes()), arguments, environment);
    }

    private List<JsonNode> values(ByteBuffer body) {
        if (!body.hasRemaining()) {
            return List.of();
        }
        try {
            JsonNode root = json.readValue(new ByteBufferBackedInputStream(body));
            if (root.isArray()) {
                return root.valueStream().toList();
            }
        } catch (JacksonException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "The body is not well-formed JSON.");
        }
        throw new ProblemException(ProblemType.INVALID_REQUEST, "The body must be a JSON array of the arguments.");
    }

    /** The program's arguments: its name, those of the configuration, those of the request. */
    static List<String> arguments(String program, FunctionConfiguration configuration, List<String> given) {
        return java.util.stream.Stream.of(List.of(program), configuration.args(), given)
                .flatMap(List::stream)
                .toList();
    }
}
