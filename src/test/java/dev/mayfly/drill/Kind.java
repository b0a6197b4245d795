package dev.mayfly.drill;

import dev.mayfly.testsupport.Programs;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The functions that the load invokes. */
enum Kind {
    /** Gives back its input. */
    ECHO("{\"retry\": {\"maxAttempts\": 50, \"minBackoffMs\": 200, \"maxBackoffMs\": 2000}}"),
    /** Gives back its input after 200 ms in a system call, and must not run twice. */
    NAP("{\"retry\": {\"maxAttempts\": 50, \"minBackoffMs\": 200, \"maxBackoffMs\": 2000}}"),
    /** The same, and may run twice. */
    NAP_TWICE("{\"idempotent\": true}"),
    /** A sample, in C: a greeting. */
    GREETING("{}"),
    /** A sample, in C, without a standard input: Fibonacci numbers. */
    FIBONACCI("{\"entryPoint\": \"fib\", \"idempotent\": true}"),
    /** Ends with an error whenever it is tried. */
    FAILURE("{\"retry\": {\"maxAttempts\": 2, \"minBackoffMs\": 200, \"maxBackoffMs\": 1000}}");

    private final String configuration;

    Kind(String configuration) {
        this.configuration = configuration;
    }

    String function() {
        return "drill-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    byte[] module() {
        return switch (this) {
            case ECHO -> Guests.echo(0);
            case NAP -> Guests.echo(200);
            case NAP_TWICE -> Guests.echo(201);
            case GREETING -> Programs.sample("hello");
            case FIBONACCI -> Programs.sample("fib");
            case FAILURE -> Guests.failure();
        };
    }

    String configuration() {
        return configuration;
    }

    boolean idempotent() {
        return configuration.contains("\"idempotent\": true");
    }

    /** Whether the results of asynchronous invocations are delivered, too. */
    boolean calledBack() {
        return this == ECHO;
    }

    /** The input of one request. */
    byte[] input(String id) {
        return (this == FIBONACCI ? "[18]" : id).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether that is the right output for it. */
    boolean answers(String id, byte[] output) {
        String text = new String(output, StandardCharsets.UTF_8);
        return switch (this) {
            case GREETING -> text.equals("Hello, " + id + "!\n");
            case FIBONACCI -> text.equals("[2584]");
            case ECHO, NAP, NAP_TWICE, FAILURE -> text.equals(id);
        };
    }
}
