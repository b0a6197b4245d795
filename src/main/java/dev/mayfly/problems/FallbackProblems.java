package dev.mayfly.problems;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * The last resort: what no module's own advice handles. Spring MVC's exceptions become problems of our types; all
 * others become {@link ProblemType#INTERNAL}. Other advices must come before it, with an order of their own.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class FallbackProblems extends ResponseEntityExceptionHandler {

    @ExceptionHandler
    @Nullable
    ProblemDetail handleUnexpected(Exception fault, HttpServletRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(fault)) {
            return null; // nobody is there to be told
        }
        return UnexpectedProblems.report(fault, request.getMethod() + " " + request.getRequestURI());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> handleProblem(ProblemException e) {
        ResponseEntity.BodyBuilder response = ResponseEntity.status(e.problem().getStatus());
        if (e.retryAfter() != null) {
            response.header(
                    HttpHeaders.RETRY_AFTER,
                    String.valueOf(Math.max(1, e.retryAfter().toSeconds())));
        }
        return response.body(e.problem());
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = UnreadableBody.of(e)
                .map(error -> invalid(List.of(error)))
                .orElseGet(() -> ProblemType.INVALID_REQUEST.with("The request's body cannot be read."));
        return handleExceptionInternal(e, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<InvalidField> errors = e.getFieldErrors().stream()
                .map(error -> new InvalidField(
                        error.getField(),
                        Optional.ofNullable(error.getDefaultMessage()).orElse("is not valid")))
                .toList();
        return handleExceptionInternal(e, invalid(errors), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<InvalidField> errors = e.getParameterValidationResults().stream()
                .flatMap(FallbackProblems::fieldsOf)
                .toList();
        return handleExceptionInternal(e, invalid(errors), headers, status, request);
    }

    private static Stream<InvalidField> fieldsOf(ParameterValidationResult result) {
        String parameter = Optional.ofNullable(result.getMethodParameter().getParameterName())
                .orElse("parameter");
        return result.getResolvableErrors().stream()
                .map(error -> new InvalidField(
                        parameter,
                        Optional.ofNullable(error.getDefaultMessage()).orElse("is not valid")));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = e instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : Optional.ofNullable(e.getPropertyName()).orElse("parameter");
        return handleExceptionInternal(
                e, invalid(List.of(new InvalidField(name, "has a value of the wrong type"))), headers, status, request);
    }

    /** Gives what is left the type that goes with its status. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem && problem.getType() != null && !isBlank(problem)) {
            return super.handleExceptionInternal(e, problem, headers, status, request);
        }
        if (status.is5xxServerError()) {
            ProblemDetail problem = UnexpectedProblems.report(e, describe(request));
            return super.handleExceptionInternal(
                    e, problem, headers, HttpStatusCode.valueOf(problem.getStatus()), request);
        }
        ProblemType type = ProblemType.ofStatus(status.value());
        ProblemDetail problem = type.with(detailOf(body).orElse(type.title() + "."));
        problem.setStatus(status.value());
        return super.handleExceptionInternal(e, problem, headers, status, request);
    }

    private static boolean isBlank(ProblemDetail problem) {
        return "about:blank".equals(String.valueOf(problem.getType()));
    }

    /** Spring writes these details for clients. */
    private static Optional<String> detailOf(@Nullable Object body) {
        return body instanceof ProblemDetail problem ? Optional.ofNullable(problem.getDetail()) : Optional.empty();
    }

    private static ProblemDetail invalid(List<InvalidField> errors) {
        ProblemDetail problem = ProblemType.INVALID_REQUEST.with("The request is not valid.");
        problem.setProperty("errors", errors);
        return problem;
    }

    private static String describe(WebRequest request) {
        return request instanceof ServletWebRequest servlet
                ? servlet.getHttpMethod() + " " + servlet.getRequest().getRequestURI()
                : request.getDescription(false);
    }
}
