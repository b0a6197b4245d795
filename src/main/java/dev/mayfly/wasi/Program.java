package dev.mayfly.wasi;

import java.util.List;
import java.util.Map;

/**
 * What a guest is started with.
 *
 * @param arguments the program's arguments; the first is its name
 * @param environment the program's environment variables
 */
public record Program(List<String> arguments, Map<String, String> environment) {

    /**
     * Checks that the guest can take arguments and variables apart.
     *
     * @throws IllegalArgumentException if a string contains a NUL character, or a variable's name is empty or contains an
     *     equals sign: the guest could not tell where it ends
     */
    public Program {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        arguments.forEach(Program::requireNoNul);
        environment.forEach((name, value) -> {
            requireNoNul(name);
            requireNoNul(value);
            if (name.isEmpty() || name.indexOf('=') >= 0) {
                throw new IllegalArgumentException("not a variable's name: \"" + name + '"');
            }
        });
    }

    private static void requireNoNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("arguments and variables cannot contain NUL");
        }
    }
}
