package dev.mayfly.workers;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do instead of showing a stack trace. */
final class MissingAuthenticationFailureAnalyzer extends AbstractFailureAnalyzer<MissingAuthenticationException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, MissingAuthenticationException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set mayfly.cluster.secret to the secret that all processes of the cluster share (at least 32 characters), or"
                        + " mayfly.cluster.ssl-bundle to certificates; see docs/cluster.md.",
                cause);
    }
}
