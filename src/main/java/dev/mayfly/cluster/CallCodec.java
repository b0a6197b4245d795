package dev.mayfly.cluster;

import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.invocations.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What of an order differs from one execution to the next, as JSON. */
final class CallCodec {

    private static final int MOST_CHARACTERS = 1024;

    private record Document(
            @Nullable UUID id,
            boolean moreInput,
            @Nullable String export,
            @Nullable List<@Nullable String> values,
            @Nullable List<@Nullable String> arguments,
            @Nullable Map<String, @Nullable String> environment) {

        Call call() {
            List<String> given = texts("arguments", arguments);
            Map<String, String> variables = variables();
            return export == null
                    ? new Call.Command(given, variables)
                    : new Call.Function(Checked.atMost("export", MOST_CHARACTERS, export), numbers(), given, variables);
        }

        private Map<String, String> variables() {
            Map<String, @Nullable String> given = Checked.required("environment", environment);
            given.values().forEach(value -> Checked.required("variable", value));
            return Map.copyOf(given);
        }

        /** Their form is checked where they are read; here only that none takes long to read. */
        private List<String> numbers() {
            List<String> numbers = texts("values", values);
            numbers.forEach(number -> Checked.atMost("value", MOST_CHARACTERS, number));
            return numbers;
        }

        private static List<String> texts(String member, @Nullable List<@Nullable String> texts) {
            return Checked.required(member, texts).stream()
                    .map(text -> Checked.required(member, text))
                    .toList();
        }
    }

    private CallCodec() {}

    static byte[] encode(ExecutionOrder order) {
        return ClusterJson.write(
                switch (order.call()) {
                    case Call.Command(var arguments, var environment) ->
                        new Document(
                                order.id(), order.moreInput(), null, null, nullable(arguments), nullable(environment));
                    case Call.Function(var export, var values, var arguments, var environment) ->
                        new Document(
                                order.id(),
                                order.moreInput(),
                                export,
                                nullable(values),
                                nullable(arguments),
                                nullable(environment));
                });
    }

    /** As what a document may have, though it has not. */
    private static List<@Nullable String> nullable(List<String> texts) {
        return new ArrayList<>(texts);
    }

    private static Map<String, @Nullable String> nullable(Map<String, String> texts) {
        return new LinkedHashMap<>(texts);
    }

    static ExecutionOrder decode(byte[] json, ResolvedVersion version) throws ProtocolException {
        return Checked.value(() -> {
            Document document = ClusterJson.read(json, Document.class);
            return new ExecutionOrder(
                    Checked.required("id", document.id()), version, document.call(), document.moreInput());
        });
    }
}
