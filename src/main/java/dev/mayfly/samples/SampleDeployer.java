package dev.mayfly.samples;

import dev.mayfly.functions.FunctionPublisher;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/** Publishes the samples that are not there, before the application says that it is ready. */
@Component
@ConditionalOnBooleanProperty(name = "mayfly.samples.enabled", matchIfMissing = true)
class SampleDeployer implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(SampleDeployer.class);

    private final FunctionPublisher publisher;

    SampleDeployer(FunctionPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        for (Sample sample : Sample.ALL) {
            if (!publisher.exists(sample.function())) {
                deploy(sample);
            }
        }
    }

    /** A sample that cannot be deployed is no reason not to start. */
    private void deploy(Sample sample) {
        try (InputStream module = sample.module().getInputStream()) {
            publisher.publish(sample.function(), module, sample.configuration());
            LOG.info("Deployed the sample function '{}'", sample.function());
        } catch (IOException | RuntimeException e) {
            LOG.warn("The sample function '{}' could not be deployed", sample.function(), e);
        }
    }
}
