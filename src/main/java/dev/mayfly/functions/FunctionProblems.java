package dev.mayfly.functions;

import dev.mayfly.artifacts.ArtifactTooLargeException;
import dev.mayfly.artifacts.UploadException;
import dev.mayfly.problems.ProblemType;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.multipart.MaxUploadSizeExceededException;

/** Says to clients what went wrong with functions. */
@RestControllerAdvice
@Order(0)
class FunctionProblems {

    @ExceptionHandler
    ProblemDetail handle(FunctionNotFoundException e) {
        return ProblemType.FUNCTION_NOT_FOUND.with(messageOf(e));
    }

    @ExceptionHandler
    ProblemDetail handle(VersionNotFoundException e) {
        return ProblemType.VERSION_NOT_FOUND.with(messageOf(e));
    }

    @ExceptionHandler
    ProblemDetail handle(InvalidNameException e) {
        return ProblemType.INVALID_REQUEST.with(messageOf(e));
    }

    @ExceptionHandler
    ProblemDetail handle(InvalidConfigurationException e) {
        ProblemDetail problem = ProblemType.INVALID_REQUEST.with(messageOf(e));
        problem.setProperty("errors", e.violations());
        return problem;
    }

    @ExceptionHandler
    ProblemDetail handle(ModuleRefusedException e) {
        ProblemDetail problem = e.problem().with(messageOf(e));
        e.properties().forEach(problem::setProperty);
        return problem;
    }

    @ExceptionHandler
    ProblemDetail handle(ArtifactTooLargeException e) {
        ProblemDetail problem = ProblemType.MODULE_TOO_LARGE.with(
                "The module is larger than the limit" + " 'mayfly.modules.max-size' of " + e.maxBytes() + " bytes.");
        problem.setProperty("limit", "mayfly.modules.max-size");
        problem.setProperty("maxBytes", e.maxBytes());
        return problem;
    }

    @ExceptionHandler
    ProblemDetail handle(MaxUploadSizeExceededException e) {
        ProblemDetail problem = ProblemType.MODULE_TOO_LARGE.with(
                "The form is larger than the limit 'mayfly.modules.max-size' allows for.");
        problem.setProperty("limit", "mayfly.modules.max-size");
        return problem;
    }

    @ExceptionHandler
    ProblemDetail handle(UploadException e) {
        return ProblemType.INVALID_REQUEST.with("The upload ended before it was complete.");
    }

    @ExceptionHandler
    ProblemDetail handle(ConflictException e) {
        return ProblemType.CONFLICT.with(messageOf(e));
    }

    @ExceptionHandler
    ProblemDetail handle(PreconditionFailedException e) {
        return ProblemType.PRECONDITION_FAILED.with(messageOf(e));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> handle(UploadCapacityException e) {
        ProblemDetail problem = ProblemType.OVER_CAPACITY.with(messageOf(e));
        problem.setProperty("limit", e.limit());
        return ResponseEntity.status(ProblemType.OVER_CAPACITY.status())
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(e.retryAfter().toSeconds()))
                .body(problem);
    }

    private static String messageOf(RuntimeException written) {
        return String.valueOf(written.getMessage());
    }
}
