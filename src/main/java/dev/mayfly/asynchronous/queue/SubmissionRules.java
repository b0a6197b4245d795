package dev.mayfly.asynchronous.queue;

import dev.mayfly.asynchronous.AsynchronousProperties;
import dev.mayfly.asynchronous.CallbackPolicy;
import dev.mayfly.asynchronous.Submission;
import dev.mayfly.functions.FunctionCatalog;
import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.invocations.Calls;
import dev.mayfly.invocations.InvalidArgumentsException;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.ProblemDetail;

/** Refuses what could never be run. */
final class SubmissionRules {

    private static final int LONGEST_KEY = 255;
    private static final int LONGEST_CALLBACK = 2000;
    private static final int LONGEST_SELECTOR = 70;
    private static final int MOST_ARGUMENT_BYTES = 512 * 1024;

    private final FunctionCatalog catalog;
    private final Calls calls;
    private final AsynchronousProperties properties;
    private final Optional<CallbackPolicy> callbacks;

    SubmissionRules(
            FunctionCatalog catalog,
            Calls calls,
            AsynchronousProperties properties,
            Optional<CallbackPolicy> callbacks) {
        this.catalog = catalog;
        this.calls = calls;
        this.properties = properties;
        this.callbacks = callbacks;
    }

    /** Checks a submission against the version that it would run now. */
    void check(Submission submission) {
        checkTexts(submission);
        URI callback = submission.callback();
        if (callback != null) {
            callbacks
                    .orElseThrow(() ->
                            new ProblemException(ProblemType.CALLBACK_REFUSED, "This installation makes no callbacks."))
                    .check(callback);
        }
        ResolvedVersion version = catalog.resolve(submission.function(), submission.selector());
        checkInput(submission, version);
        try {
            calls.read(version, submission.arguments(), submission.input());
        } catch (InvalidArgumentsException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static void checkTexts(Submission submission) {
        String key = submission.idempotencyKey();
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw invalid("An idempotency key has 1 to " + LONGEST_KEY + " characters.");
        }
        if (String.valueOf(submission.callback()).length() > LONGEST_CALLBACK) {
            throw invalid("The address to call back is longer than " + LONGEST_CALLBACK + " characters.");
        }
        if (submission.selector().toString().length() > LONGEST_SELECTOR) {
            throw invalid("The alias is longer than a name can be.");
        }
        long bytes = submission.arguments().stream()
                .mapToLong(argument -> argument.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (bytes > MOST_ARGUMENT_BYTES) {
            throw invalid("All arguments together may have " + MOST_ARGUMENT_BYTES + " bytes at most.");
        }
    }

    private void checkInput(Submission submission, ResolvedVersion version) {
        long length = submission.input().remaining();
        if (length > version.configuration().limits().maxInputBytes()) {
            throw tooLarge("maxInputBytes", version.configuration().limits().maxInputBytes());
        }
        if (length > properties.maxInput().toBytes()) {
            throw tooLarge("mayfly.async.max-input", properties.maxInput().toBytes());
        }
    }

    private static ProblemException tooLarge(String limit, long bytes) {
        ProblemDetail problem = ProblemType.INPUT_TOO_LARGE.with("The input may have " + bytes + " bytes at most.");
        problem.setProperty("limit", limit);
        return new ProblemException(problem, null);
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, detail);
    }
}
