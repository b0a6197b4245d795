package dev.mayfly.callbacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignerTest {

    /** The example of the specification of Standard Webhooks. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant TIME = Instant.ofEpochSecond(1614265330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void signsAsTheStandardSays() {
        assertThat(new Signer(List.of(SECRET)).sign(ID, TIME, BODY)).isEqualTo(SIGNATURE);
    }

    @Test
    void signsOnceForEachSecretWhileTheyAreReplaced() {
        Signer signer = new Signer(List.of("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", SECRET));

        assertThat(signer.sign(ID, TIME, BODY).split(" ")).hasSize(2).endsWith(SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "whsec_AAAA", "whsec_???", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
    void refusesSecretsThatAreNone(String secret) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Signer(List.of(secret)))
                .withMessageContaining("mayfly.callbacks.secret");
    }
}
