package dev.mayfly.invocations.http;

import dev.mayfly.functions.FunctionNotFoundException;
import dev.mayfly.functions.InvalidNameException;
import dev.mayfly.functions.VersionNotFoundException;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import dev.mayfly.problems.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Answers requests that cannot be taken to their invocation, and nothing that clients who are gone would hear. */
@ControllerAdvice(basePackageClasses = InvocationErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InvocationErrors {

    private final ProblemWriter problems;

    InvocationErrors(ProblemWriter problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    void handle(ProblemException e, HttpServletResponse response) throws IOException {
        problems.write(e, response);
    }

    @ExceptionHandler
    void handle(FunctionNotFoundException e, HttpServletResponse response) throws IOException {
        write(ProblemType.FUNCTION_NOT_FOUND, e, response);
    }

    @ExceptionHandler
    void handle(VersionNotFoundException e, HttpServletResponse response) throws IOException {
        write(ProblemType.VERSION_NOT_FOUND, e, response);
    }

    @ExceptionHandler
    void handle(InvalidNameException e, HttpServletResponse response) throws IOException {
        write(ProblemType.INVALID_REQUEST, e, response);
    }

    /** Nobody is there to be answered; the invocation has been told. */
    @ExceptionHandler
    void handle(IOException e) {}

    /** Answers what went wrong where no advice is asked. */
    void handle(RuntimeException e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (e) {
            case ProblemException problem -> handle(problem, response);
            case FunctionNotFoundException notFound -> handle(notFound, response);
            case VersionNotFoundException notFound -> handle(notFound, response);
            case InvalidNameException invalid -> handle(invalid, response);
            default -> problems.writeFault(e, request, response);
        }
    }

    /** The messages of these exceptions are written for the client. */
    private void write(ProblemType type, RuntimeException e, HttpServletResponse response) throws IOException {
        problems.write(type, String.valueOf(e.getMessage()), response);
    }
}
