package dev.mayfly.invocations;

import java.util.List;
import java.util.Map;

/** What an invocation asks of its instance. */
public sealed interface Call {

    /**
     * Run the command.
     *
     * @param arguments of the program, its name first
     * @param environment of the program
     */
    record Command(List<String> arguments, Map<String, String> environment) implements Call {
        public Command {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }
    }

    /**
     * Call an exported function of the reactor.
     *
     * @param export its name
     * @param values its arguments as the client wrote them: each a JSON number, or one of the words for values that JSON
     *     has no number for. Whether they fit is known when the module is
     * @param arguments of the program, its name first
     * @param environment of the program
     */
    record Function(String export, List<String> values, List<String> arguments, Map<String, String> environment)
            implements Call {
        public Function {
            values = List.copyOf(values);
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }
    }

    List<String> arguments();

    Map<String, String> environment();
}
