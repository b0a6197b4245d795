package dev.mayfly.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestVerifierTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String SECRET = "a secret of thirty-two characters";
    private static final UUID WORKER = UUID.fromString("0190b9c8-0000-7000-8000-000000000009");
    private static final ContentHash CONTENT = ContentHash.of(new byte[] {1, 2, 3});

    private final RequestSigner signer = signer(SECRET, NOW);
    private final RequestVerifier verifier = new RequestVerifier(ClusterSecret.of(SECRET), () -> NOW);

    private static RequestSigner signer(String secret, Instant time) {
        return new RequestSigner(ClusterSecret.of(secret), () -> time);
    }

    private SignedRequest sign() {
        return sign(signer);
    }

    private static SignedRequest sign(RequestSigner signer) {
        return signer.sign("POST", "/internal/v1/executions", Optional.of(WORKER), CONTENT);
    }

    private Verdict verify(SignedRequest request) {
        return verifier.verify("POST", "/internal/v1/executions", request.authorization());
    }

    @Test
    void letsInWhatWasSigned() {
        assertThat(verify(sign())).isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
            assertThat(accepted.receiver()).contains(WORKER);
            assertThat(accepted.content()).isEqualTo(CONTENT);
        });
    }

    @Test
    void aRequestNeedNameNobody() {
        SignedRequest request = signer.sign("GET", "/internal/v1/status", Optional.empty(), ContentHash.NONE);

        assertThat(verifier.verify("GET", "/internal/v1/status", request.authorization()))
                .isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> assertThat(accepted.receiver())
                        .isEmpty());
    }

    @Test
    void refusesAnotherMethodOrPath() {
        String authorization = sign().authorization();

        assertThat(verifier.verify("DELETE", "/internal/v1/executions", authorization))
                .isEqualTo(Verdict.Refused.WRONG_SIGNATURE);
        assertThat(verifier.verify("POST", "/internal/v1/executions?x", authorization))
                .isEqualTo(Verdict.Refused.WRONG_SIGNATURE);
    }

    @Test
    void refusesEverySingleChangedCharacter() {
        String authorization = sign().authorization();
        for (int i = 0; i < authorization.length(); i++) {
            char other = authorization.charAt(i) == '0' ? '1' : '0';
            String changed = authorization.substring(0, i) + other + authorization.substring(i + 1);
            assertThat(verifier.verify("POST", "/internal/v1/executions", changed))
                    .as(changed)
                    .isIn(Verdict.Refused.WRONG_SIGNATURE, Verdict.Refused.NOT_SIGNED);
        }
    }

    @Test
    void refusesWhatIsNotSigned() {
        assertThat(verifier.verify("GET", "/", null)).isEqualTo(Verdict.Refused.NOT_SIGNED);
        assertThat(verifier.verify("GET", "/", "")).isEqualTo(Verdict.Refused.NOT_SIGNED);
        assertThat(verifier.verify("GET", "/", "Bearer key")).isEqualTo(Verdict.Refused.NOT_SIGNED);
        assertThat(verifier.verify("GET", "/", sign().authorization() + "0")).isEqualTo(Verdict.Refused.NOT_SIGNED);
    }

    @Test
    void refusesAnotherSecret() {
        assertThat(verify(sign(signer("another secret with enough characters", NOW))))
                .isEqualTo(Verdict.Refused.WRONG_SIGNATURE);
    }

    @Test
    void refusesTheSameRequestASecondTime() {
        SignedRequest request = sign();

        assertThat(verify(request)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verify(request)).isEqualTo(Verdict.Refused.SEEN_BEFORE);
        assertThat(verify(sign())).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void requestsMayOvertakeEachOther() {
        SignedRequest first = sign();
        SignedRequest second = sign();

        assertThat(verify(second)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verify(first)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verify(first)).isEqualTo(Verdict.Refused.SEEN_BEFORE);
    }

    @Test
    void clocksMayBeApartByTheWindow() {
        Duration window = RequestVerifier.WINDOW;

        assertThat(verify(sign(signer(SECRET, NOW.minus(window))))).isInstanceOf(Verdict.Accepted.class);
        assertThat(verify(sign(signer(SECRET, NOW.plus(window))))).isInstanceOf(Verdict.Accepted.class);
        assertThat(verify(sign(signer(SECRET, NOW.minus(window).minusMillis(1)))))
                .isEqualTo(Verdict.Refused.CLOCKS_APART);
        assertThat(verify(sign(signer(SECRET, NOW.plus(window).plusMillis(1)))))
                .isEqualTo(Verdict.Refused.CLOCKS_APART);
    }

    @Test
    void anAnswerIsKnownByItsSignature() {
        SignedRequest request = sign();
        Verdict.Accepted accepted = (Verdict.Accepted) verify(request);
        AnswerHead busy = new AnswerHead(503, Optional.of("worker-busy"), Optional.of("slots=1"));
        String signature = accepted.sign(busy);

        assertThat(request.isAnsweredBy(busy, signature)).isTrue();
        assertThat(sign().isAnsweredBy(busy, signature)).isFalse();
        assertThat(request.isAnsweredBy(busy, null)).isFalse();
        assertThat(request.isAnsweredBy(new AnswerHead(200, busy.refusal(), busy.load()), signature))
                .isFalse();
        assertThat(request.isAnsweredBy(new AnswerHead(503, Optional.empty(), busy.load()), signature))
                .isFalse();
        assertThat(request.isAnsweredBy(new AnswerHead(503, busy.refusal(), Optional.empty()), signature))
                .isFalse();
    }
}
