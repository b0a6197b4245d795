package dev.mayfly.asynchronous.http;

import dev.mayfly.functions.InvalidNameException;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import dev.mayfly.problems.ProblemWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Answers requests about asynchronous invocations that are refused. */
@ControllerAdvice(basePackageClasses = AsynchronousErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class AsynchronousErrors {

    private final ProblemWriter problems;

    AsynchronousErrors(ProblemWriter problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    void handle(ProblemException e, HttpServletResponse response) throws IOException {
        problems.write(e, response);
    }

    /** The message is written for the client. */
    @ExceptionHandler
    void handle(InvalidNameException e, HttpServletResponse response) throws IOException {
        problems.write(ProblemType.INVALID_REQUEST, String.valueOf(e.getMessage()), response);
    }
}
