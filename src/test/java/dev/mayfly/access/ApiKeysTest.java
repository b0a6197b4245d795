package dev.mayfly.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ApiKeysTest {

    /** Of "correct horse battery staple", by sha256sum. */
    private static final String HASH = "sha256:c4bbcb1fbec99d65bf59d85c8cb62ee2db963f0fe106f483d9afa73bd4e39a8a";

    private static final KeyHolder CI = new KeyHolder("ci", 3);

    private final ApiKeys keys = new ApiKeys(new AccessProperties(List.of(
            new AccessProperties.Key("other", "sha256:" + "0".repeat(64), null),
            new AccessProperties.Key("ci", HASH, 3))));

    @Test
    void aKeyIsRecognisedByItsHash() {
        assertThat(keys.holderOf("correct horse battery staple")).contains(CI);
    }

    @Test
    void anotherKeyIsNot() {
        assertThat(keys.holderOf("correct horse battery stapl")).isEmpty();
        assertThat(keys.holderOf("")).isEmpty();
    }

    @Test
    void theHashItselfIsNoKey() {
        assertThat(keys.holderOf(HASH)).isEmpty();
    }

    @Test
    void hexadecimalDigitsMayBeOfEitherCase() {
        ApiKeys upper = new ApiKeys(new AccessProperties(List.of(
                new AccessProperties.Key("ci", "sha256:" + HASH.substring(7).toUpperCase(Locale.ROOT), 3))));

        assertThat(upper.holderOf("correct horse battery staple")).contains(CI);
    }

    @Test
    void withoutKeysNoneAreConfigured() {
        assertThat(keys.configured()).isTrue();
        assertThat(new ApiKeys(new AccessProperties(List.of())).configured()).isFalse();
    }
}
