package dev.mayfly.callbacks;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Which callbacks are made, and how.
 *
 * @param allow which addresses may be called, see {@link AllowedTarget}; none if it is empty
 * @param allowPrivate which may be called even if their host has a private or loopback address
 * @param secret to sign with, as {@code whsec_} and Base64 of 24 to 64 bytes; with several, each signs
 * @param sslBundle the certificates that are trusted; null for those of the JDK
 * @param concurrency deliveries of this process at once
 * @param concurrencyPerHost deliveries of this process to one host at once
 * @param connectTimeout for making a connection
 * @param timeout for a delivery as a whole
 * @param maxAttempts of a delivery
 * @param maxAge after which no further attempt is made
 * @param minBackoff pause after the first attempt, doubled for each further one
 * @param maxBackoff longest pause
 * @param maxOutput how much of an output is sent along
 * @param pollInterval how often is looked for what is due
 * @param retention how long what came of a delivery is kept
 */
@Validated
@ConfigurationProperties("mayfly.callbacks")
record CallbackProperties(
        @DefaultValue List<String> allow,
        @DefaultValue List<String> allowPrivate,
        @DefaultValue List<String> secret,
        @Nullable String sslBundle,
        @DefaultValue("64") @Min(1) @Max(10_000) int concurrency,
        @DefaultValue("4") @Min(1) @Max(10_000) int concurrencyPerHost,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("15") @Min(1) @Max(1000) int maxAttempts,
        @DefaultValue("24h") Duration maxAge,
        @DefaultValue("5s") Duration minBackoff,
        @DefaultValue("1h") Duration maxBackoff,
        @DefaultValue("64KB") DataSize maxOutput,
        @DefaultValue("500ms") Duration pollInterval,
        @DefaultValue("7d") Duration retention) {

    CallbackProperties {
        allow = List.copyOf(allow);
        allowPrivate = List.copyOf(allowPrivate);
        secret = List.copyOf(secret);
        if (secret.isEmpty() && !(allow.isEmpty() && allowPrivate.isEmpty())) {
            throw new IllegalArgumentException("mayfly.callbacks.secret must be set where callbacks are allowed");
        }
    }
}
