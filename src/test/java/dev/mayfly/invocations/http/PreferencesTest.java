package dev.mayfly.invocations.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class PreferencesTest {

    private static Preferences of(String... headers) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        for (String header : headers) {
            request.addHeader("Prefer", header);
        }
        return Preferences.of(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "respond-async",
                "Respond-Async",
                "return=minimal, respond-async",
                "respond-async; foo=\"bar\", wait=1"
            })
    void respondAsyncIsFoundAmongOthers(String header) {
        assertThat(of(header).respondAsync()).isTrue();
    }

    @Test
    void severalHeadersAreOneList() {
        Preferences preferences = of("wait=5", "respond-async");

        assertThat(preferences.respondAsync()).isTrue();
        assertThat(preferences.patience()).contains(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({"wait=30, 30", "wait = 7, 7", "'wait=\"9\"', 9", "WAIT=1, 1", "'return=minimal, wait=2', 2"})
    void aWaitIsInSeconds(String header, long seconds) {
        assertThat(of(header).patience()).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wait",
                "wait=",
                "wait=-1",
                "wait=1.5",
                "wait=99999999999",
                "respond-asynchronously",
                "x=respond-async"
            })
    void whatMakesNoSenseIsLeftAlone(String header) {
        assertThat(of(header)).isEqualTo(new Preferences(false, Optional.empty()));
    }

    @Test
    void thereNeedBeNone() {
        assertThat(of()).isEqualTo(new Preferences(false, Optional.empty()));
    }
}
