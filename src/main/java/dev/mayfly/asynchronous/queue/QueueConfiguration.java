package dev.mayfly.asynchronous.queue;

import dev.mayfly.asynchronous.AsynchronousProperties;
import dev.mayfly.asynchronous.CallbackPolicy;
import dev.mayfly.functions.FunctionCatalog;
import dev.mayfly.invocations.Calls;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** Wires the durable queue into the application. */
@Configuration(proxyBeanMethods = false)
class QueueConfiguration {

    private static final Duration LOOK = Duration.ofMillis(250);

    @Bean
    InstantSource instantSource() {
        return InstantSource.system();
    }

    @Bean
    Submitter asynchronousInvocations(
            QueueTables tables,
            FunctionCatalog catalog,
            JsonMapper json,
            AsynchronousProperties properties,
            Optional<CallbackPolicy> callbacks,
            PlatformTransactionManager transactions,
            QueueEvents events,
            InstantSource time) {
        SubmissionRules rules = new SubmissionRules(catalog, new Calls(json), properties, callbacks);
        return new Submitter(tables, rules, time, transactions, events);
    }

    @Bean
    DeadLetters deadLetters(
            JdbcTemplate jdbc,
            QueueTables tables,
            Inputs inputs,
            PlatformTransactionManager transactions,
            InstantSource time,
            QueueEvents events) {
        return new DeadLetters(jdbc, tables, inputs, transactions, time, events);
    }

    @Bean
    Retention asynchronousRetention(
            JdbcTemplate jdbc,
            Inputs inputs,
            DeadLetters deadLetters,
            AsynchronousProperties properties,
            InstantSource time) {
        return new Retention(jdbc, inputs, deadLetters, properties, time);
    }

    @Bean
    EndWatch endWatch(InvocationTable invocations) {
        return new EndWatch(invocations, LOOK);
    }
}
