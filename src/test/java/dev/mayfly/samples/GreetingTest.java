package dev.mayfly.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.functions.ConfigurationRequest;
import dev.mayfly.functions.FunctionConfiguration;
import dev.mayfly.functions.FunctionLimits;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.FunctionPublisher;
import dev.mayfly.functions.HttpMode;
import dev.mayfly.functions.ResolvedVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.mock.env.MockEnvironment;

class GreetingTest {

    private final Publisher publisher = new Publisher();
    private final ServerProperties server = new ServerProperties();
    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void showsACallThatCanBePasted() {
        deploySamples();
        server.setAddress(InetAddress.ofLiteral("127.0.0.1"));

        assertThat(text()).contains("    curl --data Ada http://127.0.0.1:8123/v1/functions/hello/invocations\n");
    }

    @Test
    void aCallThatNeedsAKeyShowsWhereItGoes() {
        deploySamples();
        environment.setProperty("mayfly.access.keys[0].hash", "sha256:" + "0".repeat(64));

        assertThat(text())
                .contains("curl --data Ada --header \"Authorization: Bearer $MAYFLY_KEY\" http://127.0.0.1:8123/");
    }

    @Test
    void withoutSamplesThereIsNoCallToShow() {
        assertThat(text()).contains("http://127.0.0.1:8123/swagger-ui.html").doesNotContain("curl");
    }

    @Test
    void anIpv6AddressIsWrittenAsInAUrl() {
        server.setAddress(InetAddress.ofLiteral("::1"));

        assertThat(text()).contains("http://[0:0:0:0:0:0:0:1]:8123/v1/functions");
    }

    @Test
    void samplesThatExistAreLeftAlone() throws IOException {
        publisher.publish(new FunctionName("hello"), InputStream.nullInputStream(), ConfigurationRequest.DEFAULTS);

        deploySamples();

        assertThat(publisher.published).containsOnlyKeys("fib", "hello", "page", "wordcount");
        assertThat(publisher.published.get("hello")).isZero();
        assertThat(publisher.published.get("fib")).isPositive();
    }

    private void deploySamples() {
        new SampleDeployer(publisher).run(new DefaultApplicationArguments());
    }

    private String text() {
        return new Greeting(server, environment, publisher).text(8123);
    }

    /** Remembers the sizes of what was published. */
    private static final class Publisher implements FunctionPublisher {

        private final Map<String, Integer> published = new ConcurrentSkipListMap<>();

        @Override
        public boolean exists(FunctionName name) {
            return published.containsKey(name.value());
        }

        @Override
        public ResolvedVersion publish(FunctionName name, InputStream module, ConfigurationRequest configuration)
                throws IOException {
            published.put(name.value(), module.readAllBytes().length);
            FunctionLimits limits = new FunctionLimits(1, 1, 1, 1, 64);
            return new ResolvedVersion(
                    name,
                    1,
                    new ContentDigest("0".repeat(64)),
                    new FunctionConfiguration("", Map.of(), List.of(), limits, HttpMode.RAW, null));
        }
    }
}
