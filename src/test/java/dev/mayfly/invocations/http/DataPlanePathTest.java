package dev.mayfly.invocations.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class DataPlanePathTest {

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/functions/hello/invocations, CALL, hello",
        "POST, /v1/functions/a-1/invocations, CALL, a-1",
        "GET, /f/hello, VISIT, hello",
        "PUT, /f/hello/, VISIT, hello",
        "DELETE, /f/hello/a//b/100%25, VISIT, hello",
        "GET, /f/9, VISIT, 9"
    })
    void recognisesWhatPlainlyLeadsToAFunction(String method, String path, DataPlanePath.Target target, String name) {
        assertThat(DataPlanePath.of(new MockHttpServletRequest(method, path)))
                .contains(new DataPlanePath(target, name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/f",
                "/f/",
                "/f//x",
                "/f/../v1/functions",
                "/f/%68ello",
                "/f/hello;a=b",
                "/f/Hello",
                "/v1/functions/hello",
                "/v1/functions/hello/invocations/",
                "/v1/functions/hello/invocations;a=b",
                "/v1/functions/hello/invocations/x",
                "/v1/functions//invocations",
                "/v1/functions/%68ello/invocations",
                "/v1/functions/hello/versions",
                "//v1/functions/hello/invocations",
                "/x/f/hello"
            })
    void leavesTheRestToTheLongWay(String path) {
        assertThat(DataPlanePath.of(new MockHttpServletRequest("POST", path))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "post", "OPTIONS"})
    void onlyAPostIsACall(String method) {
        assertThat(DataPlanePath.of(new MockHttpServletRequest(method, "/v1/functions/hello/invocations")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/app/f/hello/x, VISIT", "/app/v1/functions/hello/invocations, CALL"})
    void looksBehindTheContextPath(String path, DataPlanePath.Target target) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
        request.setContextPath("/app");

        assertThat(DataPlanePath.of(request)).contains(new DataPlanePath(target, "hello"));
    }
}
