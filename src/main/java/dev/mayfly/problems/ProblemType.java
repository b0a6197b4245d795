package dev.mayfly.problems;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** The kinds of problems. A kind's type never changes its meaning. */
public enum ProblemType {
    MODULE_MALFORMED("module-malformed", HttpStatus.UNPROCESSABLE_CONTENT, "Not a WebAssembly binary"),
    MODULE_INVALID("module-invalid", HttpStatus.UNPROCESSABLE_CONTENT, "Invalid WebAssembly module"),
    MODULE_UNSUPPORTED("module-unsupported", HttpStatus.UNPROCESSABLE_CONTENT, "Unsupported WebAssembly feature"),
    MODULE_CONSTRAINT("module-constraint", HttpStatus.UNPROCESSABLE_CONTENT, "Module breaks a limit of the runtime"),
    UNKNOWN_IMPORT("unknown-import", HttpStatus.UNPROCESSABLE_CONTENT, "Module imports something unknown"),
    NO_ENTRY_POINT("no-entry-point", HttpStatus.UNPROCESSABLE_CONTENT, "Module has no entry point"),
    MODULE_TOO_LARGE("module-too-large", HttpStatus.CONTENT_TOO_LARGE, "Module too large"),
    INPUT_TOO_LARGE("input-too-large", HttpStatus.CONTENT_TOO_LARGE, "Input too large"),
    OUTPUT_TOO_LARGE("output-too-large", HttpStatus.BAD_GATEWAY, "Output over its limit"),
    FUNCTION_NOT_FOUND("function-not-found", HttpStatus.NOT_FOUND, "No such function"),
    VERSION_NOT_FOUND("version-not-found", HttpStatus.NOT_FOUND, "No such version or alias"),
    INVOCATION_NOT_FOUND("invocation-not-found", HttpStatus.NOT_FOUND, "No such invocation"),
    ARTIFACTS_NOT_FOUND("artifacts-not-found", HttpStatus.NOT_FOUND, "No such artifacts"),
    NOT_FOUND("not-found", HttpStatus.NOT_FOUND, "No such resource"),
    INVALID_REQUEST("invalid-request", HttpStatus.BAD_REQUEST, "Invalid request"),
    METHOD_NOT_ALLOWED("method-not-allowed", HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed"),
    NOT_ACCEPTABLE("not-acceptable", HttpStatus.NOT_ACCEPTABLE, "Not acceptable"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported media type"),
    CONFLICT("conflict", HttpStatus.CONFLICT, "Conflict with another change"),
    PRECONDITION_FAILED("precondition-failed", HttpStatus.PRECONDITION_FAILED, "Changed since it was read"),
    UNAUTHORIZED("unauthorized", HttpStatus.UNAUTHORIZED, "An API key is needed"),
    FORBIDDEN("forbidden", HttpStatus.FORBIDDEN, "Not allowed"),
    OVER_CAPACITY("over-capacity", HttpStatus.TOO_MANY_REQUESTS, "Over capacity"),
    GUEST_EXIT("guest-exit", HttpStatus.BAD_GATEWAY, "Function exited with an error"),
    GUEST_TRAP("guest-trap", HttpStatus.BAD_GATEWAY, "Function trapped"),
    SYSTEM_CALL_LIMIT("system-call-limit", HttpStatus.BAD_GATEWAY, "Function made too many system calls"),
    SYSTEM_CALL_DENIED("system-call-denied", HttpStatus.BAD_GATEWAY, "Function made a system call it may not make"),
    GUEST_RESPONSE("guest-response", HttpStatus.BAD_GATEWAY, "Function's answer is no HTTP response"),
    GUEST_TIMEOUT("guest-timeout", HttpStatus.GATEWAY_TIMEOUT, "Function ran out of time"),
    CPU_TIME_EXCEEDED("cpu-time-exceeded", HttpStatus.BAD_GATEWAY, "Function used up its processor time"),
    EXECUTION_LOST("execution-lost", HttpStatus.BAD_GATEWAY, "Worker lost"),
    NO_WORKERS("no-workers", HttpStatus.SERVICE_UNAVAILABLE, "No worker can be reached"),
    WORKER_BUSY("worker-busy", HttpStatus.SERVICE_UNAVAILABLE, "Worker has no room"),
    WORKER_DRAINING("worker-draining", HttpStatus.SERVICE_UNAVAILABLE, "Worker takes nothing more"),
    MODULE_MISSING("module-missing", HttpStatus.NOT_FOUND, "Worker does not have the module"),
    DISK_MISSING("disk-missing", HttpStatus.NOT_FOUND, "Worker does not have the disks"),
    NO_ROOM("no-room", HttpStatus.SERVICE_UNAVAILABLE, "No worker has room for it"),
    IDEMPOTENCY_CONFLICT("idempotency-conflict", HttpStatus.CONFLICT, "Idempotency key used for another request"),
    DEAD_LETTER_NOT_FOUND("dead-letter-not-found", HttpStatus.NOT_FOUND, "No such dead letter"),
    CALLBACK_REFUSED("callback-refused", HttpStatus.BAD_REQUEST, "Callback address not allowed"),
    SCHEDULE_NOT_FOUND("schedule-not-found", HttpStatus.NOT_FOUND, "No such schedule"),
    DISK_REFUSED("disk-refused", HttpStatus.UNPROCESSABLE_CONTENT, "Not an image that a disk can be made of"),
    DISK_TOO_LARGE("disk-too-large", HttpStatus.CONTENT_TOO_LARGE, "Disk image too large"),
    DISK_NOT_FOUND("disk-not-found", HttpStatus.NOT_FOUND, "No such disk or version"),
    CANCELLED("cancelled", HttpStatus.SERVICE_UNAVAILABLE, "Invocation was cancelled"),
    SHUTTING_DOWN("shutting-down", HttpStatus.SERVICE_UNAVAILABLE, "Shutting down"),
    DATABASE_UNAVAILABLE("database-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "Database unavailable"),
    STORAGE_FULL("storage-full", HttpStatus.INSUFFICIENT_STORAGE, "Storage full"),
    INTERNAL("internal", HttpStatus.INTERNAL_SERVER_ERROR, "Internal error");

    private final String id;
    private final HttpStatus status;
    private final String title;

    ProblemType(String id, HttpStatus status, String title) {
        this.id = id;
        this.status = status;
        this.title = title;
    }

    /** The type of that id, if there is one. */
    static Optional<ProblemType> ofId(String id) {
        return Arrays.stream(values()).filter(type -> type.id.equals(id)).findFirst();
    }

    /** The general type for a status that no more is known of. */
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 409 -> CONFLICT;
            case 412 -> PRECONDITION_FAILED;
            case 413 -> INPUT_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 429 -> OVER_CAPACITY;
            case 503 -> SHUTTING_DOWN;
            case 507 -> STORAGE_FULL;
            default -> status >= 400 && status < 500 ? INVALID_REQUEST : INTERNAL;
        };
    }

    /** A problem of which only the status is known. */
    static ProblemDetail ofNoMoreThan(int status) {
        ProblemType type = ofStatus(status);
        ProblemDetail problem = type.with(type.title() + ".");
        problem.setStatus(status);
        return problem;
    }

    /** The last segment of the type. */
    public String id() {
        return id;
    }

    /** The type: a reference to the page about it, relative to the server. */
    public URI type() {
        return URI.create("/problems/" + id);
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    /**
     * A problem of this kind.
     *
     * @param detail what happened this time, for the client's eyes
     */
    public ProblemDetail with(String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(type());
        problem.setTitle(title);
        return problem;
    }
}
