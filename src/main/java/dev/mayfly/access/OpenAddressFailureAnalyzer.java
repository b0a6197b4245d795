package dev.mayfly.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do instead of showing a stack trace. */
class OpenAddressFailureAnalyzer extends AbstractFailureAnalyzer<OpenAddressException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, OpenAddressException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Configure a key (mayfly.access.keys[0].name and .hash, see docs/security.md), or listen on 127.0.0.1.",
                cause);
    }
}
