package dev.mayfly.invocations.records;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the keeping of records into the application. */
@Configuration(proxyBeanMethods = false)
class RecordConfiguration {

    @Bean
    RecordBuffer recordBuffer(RecordProperties properties, MeterRegistry meters) {
        RecordBuffer buffer = new RecordBuffer(properties.buffer());
        Gauge.builder("mayfly.invocations.records.pending", buffer, RecordBuffer::size)
                .description("Records of invocations that are not in the database yet")
                .register(meters);
        FunctionCounter.builder("mayfly.invocations.records.dropped", buffer, RecordBuffer::dropped)
                .description("Records of invocations that were lost because the database did not take them")
                .register(meters);
        return buffer;
    }

    @Bean
    RecordWriter recordWriter(RecordBuffer buffer, InvocationRepository repository, RecordProperties properties) {
        return new RecordWriter(buffer, repository::addAll, properties);
    }

    @Bean
    RecordTrimmer recordTrimmer(InvocationRepository repository, RecordProperties properties) {
        return new RecordTrimmer(repository, properties.retention(), InstantSource.system());
    }

    @Bean
    InvocationHistory invocationHistory(RecordBuffer buffer, InvocationRepository repository) {
        return new InvocationHistory(buffer, repository);
    }
}
