package dev.mayfly.placement;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a control plane places invocations on workers.
 *
 * @param heartbeatTimeout how long a worker may take to answer a heartbeat
 * @param lostAfter for how long nothing is heard from a worker before what it does is given up
 * @param maxBackoff the longest that a worker which failed is left alone
 * @param resolveInterval how often the names of workers are looked up
 * @param noWorkerWait how long there may be no worker before invocations are answered with 503
 * @param startTimeout how long a worker may take until an instance begins: loading and compiling its module
 * @param pushTimeout how long giving a module or a disk to a worker may go on without progress
 * @param stopGrace how long after its end was due an instance may take to stop before its worker is waited for no more
 * @param maxAttempts how often an invocation of an idempotent function is begun anew, the first time included
 */
@Validated
@ConfigurationProperties("mayfly.cluster")
record PlacementProperties(
        @DefaultValue("1s") Duration heartbeatTimeout,
        @DefaultValue("3s") Duration lostAfter,
        @DefaultValue("10s") Duration maxBackoff,
        @DefaultValue("2s") Duration resolveInterval,
        @DefaultValue("5s") Duration noWorkerWait,
        @DefaultValue("2m") Duration startTimeout,
        @DefaultValue("2m") Duration pushTimeout,
        @DefaultValue("1s") Duration stopGrace,
        @DefaultValue("3") @Min(1) int maxAttempts) {}
