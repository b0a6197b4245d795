package dev.mayfly.workers;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.cluster.AnswerHead;
import dev.mayfly.cluster.ClusterHeaders;
import dev.mayfly.cluster.ContentHash;
import dev.mayfly.cluster.MissingDisks;
import dev.mayfly.cluster.Refusal;
import dev.mayfly.cluster.Verdict;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import dev.mayfly.problems.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/**
 * A request of a control plane, and the signed answer to it.
 *
 * @param accepted the signature of the request; empty where certificates alone authenticate
 */
record Exchange(
        HttpServletRequest request,
        HttpServletResponse response,
        Optional<Verdict.Accepted> accepted,
        WorkerSelf self,
        ProblemWriter problems) {

    /** Whether some content is what the request was signed for. */
    boolean isSignedFor(byte[] content) {
        return accepted.isEmpty() || accepted.get().content().equals(ContentHash.of(content));
    }

    /** Whether the request is addressed to this process, and not to one that was here before, or to another worker. */
    boolean isForUs() {
        return accepted.isEmpty() || accepted.get().receiver().equals(Optional.of(self.instance()));
    }

    /** Begins an answer of a status, and signs it. The content is still to be written. */
    void begin(int status) {
        response.setStatus(status);
        sign(new AnswerHead(status, Optional.empty(), Optional.empty()));
    }

    /** Says that the rest of the request will not be read: the sender is not to send it, nor another request behind it. */
    Exchange unread() {
        response.setHeader(HttpHeaders.CONNECTION, "close");
        return this;
    }

    /** Answers that nothing was started. */
    void refuse(Refusal refusal) throws IOException {
        refuse(refusal, Optional.empty());
    }

    /** Answers that nothing was started, since something is missing, among it these disks. */
    void refuse(Refusal refusal, Collection<ContentDigest> disks) throws IOException {
        Optional<String> missing = disks.isEmpty() ? Optional.empty() : Optional.of(MissingDisks.header(disks));
        missing.ifPresent(header -> response.setHeader(ClusterHeaders.MISSING, header));
        refuse(refusal, missing);
    }

    private void refuse(Refusal refusal, Optional<String> missing) throws IOException {
        String load = self.load().header();
        response.setHeader(ClusterHeaders.REFUSAL, refusal.id());
        response.setHeader(ClusterHeaders.LOAD, load);
        ProblemType type = typeOf(refusal);
        sign(new AnswerHead(type.status().value(), Optional.of(refusal.id()), Optional.of(load), missing));
        problems.write(type, type.title() + ".", response);
    }

    /** Answers with a problem that says nothing of whether anything was started. */
    void fail(ProblemException problem) throws IOException {
        sign(new AnswerHead(problem.problem().getStatus(), Optional.empty(), Optional.empty()));
        problems.write(problem, response);
    }

    /**
     * Answers that something went wrong that nobody foresaw, which says nothing of whether anything was started.
     *
     * @throws RuntimeException the fault itself, if an answer has begun
     */
    void fault(RuntimeException fault) throws IOException {
        if (response.isCommitted()) {
            throw fault;
        }
        response.reset();
        fail(problems.report(fault, request));
    }

    private void sign(AnswerHead answer) {
        accepted.ifPresent(verdict -> response.setHeader(ClusterHeaders.ANSWER, verdict.sign(answer)));
    }

    private static ProblemType typeOf(Refusal refusal) {
        return switch (refusal) {
            case BUSY -> ProblemType.WORKER_BUSY;
            case DRAINING -> ProblemType.WORKER_DRAINING;
            case MODULE_MISSING -> ProblemType.MODULE_MISSING;
            case DISK_MISSING -> ProblemType.DISK_MISSING;
        };
    }
}
