package dev.mayfly.samples;

import dev.mayfly.functions.ConfigurationRequest;
import dev.mayfly.functions.FunctionName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/**
 * A function in {@code src/main/samples}.
 *
 * @param function its name
 * @param configuration that it is published with
 */
record Sample(FunctionName function, ConfigurationRequest configuration) {

    static final Sample HELLO =
            sample("hello", "Greets the arguments, or the first line of the input. A command in C.", null, null);

    static final List<Sample> ALL = List.of(
            HELLO,
            sample("wordcount", "Counts the words of its input. A command in Rust.", null, null),
            sample("page", "A web page about the request to it, at /f/page. A CGI program in C.", "wagi", null),
            sample("fib", "The n-th Fibonacci number, from a JSON array of one number. A reactor in C.", null, "fib"));

    private static Sample sample(String name, String description, @Nullable String http, @Nullable String entryPoint) {
        return new Sample(
                new FunctionName(name),
                new ConfigurationRequest(description, null, null, null, http, entryPoint, null));
    }

    Resource module() {
        return new ClassPathResource("samples/" + function + ".wasm");
    }
}
