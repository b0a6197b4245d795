package dev.mayfly.workers;

import dev.mayfly.cluster.ClusterHeaders;
import dev.mayfly.cluster.RequestVerifier;
import dev.mayfly.cluster.Verdict;
import dev.mayfly.problems.ProblemType;
import dev.mayfly.problems.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in who belongs to the cluster: by the signature of the request, by a certificate, or by both where both are configured. */
final class ClusterGate {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterGate.class);

    /** Where the servlet container leaves the client's certificates, which it has verified. */
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final Optional<RequestVerifier> verifier;
    private final boolean certificates;
    private final WorkerSelf self;
    private final ProblemWriter problems;

    /**
     * A gate.
     *
     * @param verifier of signatures; empty if none are asked for
     * @param certificates whether they are asked for
     */
    ClusterGate(Optional<RequestVerifier> verifier, boolean certificates, WorkerSelf self, ProblemWriter problems) {
        if (verifier.isEmpty() && !certificates) {
            throw new IllegalArgumentException("would be open");
        }
        this.verifier = verifier;
        this.certificates = certificates;
        this.self = self;
        this.problems = problems;
    }

    /** What can be done for a request; empty if it was refused, and answered so. */
    Optional<Exchange> admit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (certificates && request.getAttribute(CERTIFICATES) == null) {
            return refuse("without a certificate", request, response);
        }
        if (verifier.isEmpty()) {
            return Optional.of(new Exchange(request, response, Optional.empty(), self, problems));
        }
        Verdict verdict = verifier.get()
                .verify(request.getMethod(), pathOf(request), request.getHeader(ClusterHeaders.AUTHORIZATION));
        return switch (verdict) {
            case Verdict.Accepted accepted ->
                Optional.of(new Exchange(request, response, Optional.of(accepted), self, problems));
            case Verdict.Refused why -> refuse(why.toString(), request, response);
        };
    }

    private static String pathOf(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }

    /** The log says why; the sender is told no more than that it is not known. */
    private Optional<Exchange> refuse(String why, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        LOG.warn("Refused a request of {} to the cluster's own paths: {}", request.getRemoteAddr(), why);
        problems.write(ProblemType.FORBIDDEN, "Only control planes of this cluster may ask for this.", response);
        return Optional.empty();
    }
}
