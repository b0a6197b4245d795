package dev.mayfly.functions;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a version is published with besides its module. Complete and checked; {@link ConfigurationRequest} is what users
 * ask for.
 *
 * @param description for people
 * @param env environment variables of every instance, in the order of their names
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
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String entryPoint) {

    public FunctionConfiguration {
        SortedMap<String, String> sorted = new TreeMap<>(env);
        env = Collections.unmodifiableSortedMap(sorted);
        args = List.copyOf(args);
    }
}
