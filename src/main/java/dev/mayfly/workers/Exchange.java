package dev.mayfly.workers;

import dev.mayfly.cluster.AnswerHead;
import dev.mayfly.cluster.ClusterHeaders;
import dev.mayfly.cluster.ContentHash;
import dev.mayfly.cluster.Refusal;
import dev.mayfly.cluster.Verdict;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import dev.mayfly.problems.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

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

    /** Answers that nothing was started. */
    void refuse(Refusal refusal) throws IOException {
        String load = self.load().header();
        response.setHeader(ClusterHeaders.REFUSAL, refusal.id());
        response.setHeader(ClusterHeaders.LOAD, load);
        ProblemType type = typeOf(refusal);
        sign(new AnswerHead(type.status().value(), Optional.of(refusal.id()), Optional.of(load)));
        problems.write(type, type.title() + ".", response);
    }

    /** Answers with a problem that says nothing of whether anything was started. */
    void fail(ProblemException problem) throws IOException {
        sign(new AnswerHead(problem.problem().getStatus(), Optional.empty(), Optional.empty()));
        problems.write(problem, response);
    }

    private void sign(AnswerHead answer) {
        accepted.ifPresent(verdict -> response.setHeader(ClusterHeaders.ANSWER, verdict.sign(answer)));
    }

    private static ProblemType typeOf(Refusal refusal) {
        return switch (refusal) {
            case BUSY -> ProblemType.WORKER_BUSY;
            case DRAINING -> ProblemType.WORKER_DRAINING;
            case MODULE_MISSING -> ProblemType.MODULE_MISSING;
        };
    }
}
