package dev.mayfly.workers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * A worker.
 *
 * @param name for people. Default: the machine's
 * @param moduleCache how much disk modules may take
 * @param diskCache how much disk disks may take; a function whose disks have more together is not run here
 * @param queueTimeout how long an order may wait for a slot before it is handed back
 * @param flushInterval how long output may lie before it is sent, and how soon a control plane hears that an instance has begun,
 *     unless it ends before
 * @param drainNotice how long a worker that is to stop goes on answering that it drains, before it closes connections: an order on
 *     a connection that is closed meanwhile would count as lost. Longer than the control planes' heartbeat
 */
@ConfigurationProperties("mayfly.worker")
record WorkerProperties(
        @Nullable String name,
        @DefaultValue("2GB") DataSize moduleCache,
        @DefaultValue("20GB") DataSize diskCache,
        @DefaultValue("1s") Duration queueTimeout,
        @DefaultValue("10ms") Duration flushInterval,
        @DefaultValue("1s") Duration drainNotice) {}
