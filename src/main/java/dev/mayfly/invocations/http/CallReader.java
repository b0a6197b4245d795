package dev.mayfly.invocations.http;

import dev.mayfly.functions.FunctionConfiguration;
import dev.mayfly.invocations.Call;
import dev.mayfly.invocations.NumberCodec;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.ByteBufferBackedInputStream;

/** Reads what a request asks of the instance. */
final class CallReader {

    private final JsonMapper json;

    CallReader(JsonMapper json) {
        this.json = json;
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

    private List<String> values(ByteBuffer body) {
        if (!body.hasRemaining()) {
            return List.of();
        }
        try (JsonParser parser = json.createParser(new ByteBufferBackedInputStream(body))) {
            List<String> values = new ArrayList<>();
            expect(parser.nextToken() == JsonToken.START_ARRAY);
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                expect(token.isNumeric() || (token == JsonToken.VALUE_STRING && isWord(parser.getString())));
                values.add(parser.getString());
            }
            expect(parser.nextToken() == null);
            return values;
        } catch (JacksonException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "The body is not well-formed JSON.");
        }
    }

    private static boolean isWord(String text) {
        return NumberCodec.WORDS.contains(text);
    }

    private static void expect(boolean holds) {
        if (!holds) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "The body must be a JSON array of the arguments: numbers, or the strings NaN, Infinity and -Infinity.");
        }
    }

    /** The program's arguments: its name, those of the configuration, those of the request. */
    static List<String> arguments(String program, FunctionConfiguration configuration, List<String> given) {
        return Stream.of(List.of(program), configuration.args(), given)
                .flatMap(List::stream)
                .toList();
    }
}
