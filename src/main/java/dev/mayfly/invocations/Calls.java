package dev.mayfly.invocations;

import dev.mayfly.functions.FunctionConfiguration;
import dev.mayfly.functions.ResolvedVersion;
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

/** Reads what a version is asked to do. */
public final class Calls {

    private static final String EXPECTED =
            "The body must be a JSON array of the arguments: numbers, or the strings NaN, Infinity and -Infinity.";

    private final JsonMapper json;

    public Calls(JsonMapper json) {
        this.json = json;
    }

    /**
     * The call of a version by its configuration.
     *
     * @param given arguments of the program, besides those of the configuration
     * @param input all of it: for a reactor, a JSON array of its function's arguments
     * @throws InvalidArgumentsException if the input should be one and is not
     */
    public Call read(ResolvedVersion version, List<String> given, ByteBuffer input) throws InvalidArgumentsException {
        FunctionConfiguration configuration = version.configuration();
        List<String> arguments = arguments(version.function().value(), configuration, given);
        String export = configuration.entryPoint();
        return export == null
                ? new Call.Command(arguments, configuration.env())
                : function(export, input, arguments, configuration.env());
    }

    /**
     * The call of a reactor's function.
     *
     * @param export to call
     * @param values a JSON array of its arguments; nothing is none
     * @throws InvalidArgumentsException if it is no such array
     */
    public Call.Function function(
            String export, ByteBuffer values, List<String> arguments, Map<String, String> environment)
            throws InvalidArgumentsException {
        return new Call.Function(export, values(values.duplicate()), arguments, environment);
    }

    private List<String> values(ByteBuffer body) throws InvalidArgumentsException {
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
            throw new InvalidArgumentsException("The body is not well-formed JSON.");
        }
    }

    private static boolean isWord(String text) {
        return NumberCodec.WORDS.contains(text);
    }

    private static void expect(boolean holds) throws InvalidArgumentsException {
        if (!holds) {
            throw new InvalidArgumentsException(EXPECTED);
        }
    }

    /** The program's arguments: its name, those of the configuration, those of the request. */
    public static List<String> arguments(String program, FunctionConfiguration configuration, List<String> given) {
        return Stream.of(List.of(program), configuration.args(), given)
                .flatMap(List::stream)
                .toList();
    }
}
