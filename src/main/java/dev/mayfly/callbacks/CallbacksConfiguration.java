package dev.mayfly.callbacks;

import dev.mayfly.asynchronous.AsynchronousInvocations;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLContext;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires callbacks into the application. */
@Configuration(proxyBeanMethods = false)
class CallbacksConfiguration {

    @Bean
    AllowList callbackAllowList(CallbackProperties properties) {
        return AllowList.of(properties);
    }

    @Bean
    CallbackRules callbackRules(AllowList allowed) {
        return new CallbackRules(allowed);
    }

    @Bean
    HostLookup callbackHostLookup() {
        return InetAddress::getAllByName;
    }

    @Bean
    CallbackClient callbackClient(
            HostLookup lookup, AllowList allowed, SslBundles bundles, CallbackProperties properties)
            throws NoSuchAlgorithmException {
        SSLContext trust = properties.sslBundle() == null
                ? SSLContext.getDefault()
                : bundles.getBundle(properties.sslBundle()).createSslContext();
        return CallbackClients.create(new GuardedResolver(lookup, allowed), trust, properties);
    }

    @Bean
    DeliveryTable callbackDeliveries(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        return new DeliveryTable(jdbc, new TransactionTemplate(transactions));
    }

    @Bean
    Dispatcher callbackDispatcher(
            AllowList allowed,
            AsynchronousInvocations invocations,
            JdbcTemplate jdbc,
            CallbackClient client,
            DeliveryTable table,
            CallbackProperties properties,
            MeterRegistry registry) {
        Results results = new Results(
                invocations, jdbc, Math.toIntExact(properties.maxOutput().toBytes()));
        Attempts attempts =
                new Attempts(allowed, results::of, new Signer(properties.secret()), client, InstantSource.system());
        RetryPlan retries = new RetryPlan(
                properties.maxAttempts(),
                properties.maxAge(),
                properties.minBackoff(),
                properties.maxBackoff(),
                () -> ThreadLocalRandom.current().nextLong());
        return new Dispatcher(
                table, attempts, retries, new CallbackMetrics(registry), properties, InstantSource.system());
    }
}
