package dev.mayfly.functions;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a version is published with besides its module.
 *
 * @param description for people
 * @param env environment variables of every instance
 * @param args arguments of every instance, before those of the invocation
 * @param limits what an instance may use
 * @param http how the HTTP gateway speaks to the function
 * @param entryPoint for a reactor, the exported function to call; null for a command
 */
public record FunctionConfiguration(
        String description,
        Map<String, String> env,
        List<String> args,
        FunctionLimits limits,
        HttpMode http,
        @Nullable String entryPoint) {

    public FunctionConfiguration {
        env = Map.copyOf(env);
        args = List.copyOf(args);
    }
}
