package dev.mayfly.invocations.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mayfly.functions.VersionSelector;
import dev.mayfly.problems.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvocationQueryTest {

    @Test
    void withoutAnythingTheLiveVersionIsMeant() {
        assertThat(InvocationQuery.parse(null).selector()).isEqualTo(VersionSelector.LIVE);
        assertThat(InvocationQuery.parse("").arguments()).isEmpty();
    }

    @Test
    void argumentsComeDecodedAndInOrder() {
        InvocationQuery query = InvocationQuery.parse("arg=a%20b&version=3&arg=&arg=c%3D%26+d&arg");

        assertThat(query.arguments()).containsExactly("a b", "", "c=& d", "");
        assertThat(query.selector()).isEqualTo(new VersionSelector.Numbered(3));
    }

    @Test
    void anAliasSelects() {
        assertThat(InvocationQuery.parse("alias=canary").selector()).isEqualTo(new VersionSelector.Alias("canary"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version=x",
                "version=",
                "version=1&alias=live",
                "version=1&version=2",
                "other=1",
                "arg=%zz",
                "arg=%00",
                "&"
            })
    void whatIsNotUnderstoodIsRefused(String query) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> InvocationQuery.parse(query));
    }
}
