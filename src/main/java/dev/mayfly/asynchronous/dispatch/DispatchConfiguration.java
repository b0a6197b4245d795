package dev.mayfly.asynchronous.dispatch;

import dev.mayfly.asynchronous.AsynchronousProperties;
import dev.mayfly.asynchronous.queue.Claims;
import dev.mayfly.asynchronous.queue.DeadLetters;
import dev.mayfly.asynchronous.queue.Depths;
import dev.mayfly.asynchronous.queue.Doorbell;
import dev.mayfly.asynchronous.queue.EndWatch;
import dev.mayfly.asynchronous.queue.Endings;
import dev.mayfly.asynchronous.queue.InvocationTable;
import dev.mayfly.asynchronous.queue.Leases;
import dev.mayfly.asynchronous.queue.Lines;
import dev.mayfly.asynchronous.queue.Retention;
import dev.mayfly.functions.FunctionCatalog;
import dev.mayfly.invocations.Calls;
import dev.mayfly.invocations.InvocationProperties;
import dev.mayfly.invocations.Invoker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires the dispatching of asynchronous invocations into the application. */
@Configuration(proxyBeanMethods = false)
class DispatchConfiguration {

    /** Names this process, until it ends, among all that share the queue. */
    private final String owner = UUID.randomUUID().toString();

    @Bean
    Doorbell asyncDoorbell() {
        return new Doorbell();
    }

    @Bean
    FunctionShares functionShares(FunctionCatalog catalog) {
        return new FunctionShares(catalog);
    }

    @Bean
    InFlight asyncInFlight(AsynchronousProperties properties, FunctionShares shares) {
        return new InFlight(properties, shares::concurrency);
    }

    @Bean
    AsyncMetrics asyncMetrics(MeterRegistry registry) {
        return new AsyncMetrics(registry);
    }

    @Bean
    Dispatch asyncDispatch(
            AsyncMetrics metrics, Depths depths, Doorbell doorbell, InFlight inFlight, EndWatch ends, Invoker invoker) {
        return new Dispatch(metrics, depths, doorbell, inFlight, ends, attempt -> attempt.cancel(invoker));
    }

    @Bean
    EndingWriter endingWriter(Endings endings, Lines lines, Dispatch dispatch) {
        return new EndingWriter(new QueueStore(owner, endings, lines), dispatch);
    }

    @Bean
    AttemptRunner attemptRunner(
            Invoker invoker,
            FunctionCatalog catalog,
            JsonMapper json,
            InvocationTable invocations,
            AsynchronousProperties properties,
            InvocationProperties invoking,
            InFlight inFlight,
            InstantSource time) {
        return new AttemptRunner(
                invoker,
                catalog,
                new Calls(json),
                invocations,
                new OutputCollector(invoker, (int) properties.maxOutput().toBytes(), invoking.stopGrace()),
                new AttemptResults(json),
                new Retries(ThreadLocalRandom::current),
                inFlight,
                time);
    }

    @Bean
    Dispatcher asyncDispatcher(
            Claims claims,
            Depths depths,
            InFlight inFlight,
            FunctionShares shares,
            Doorbell doorbell,
            AttemptRunner runner,
            EndingWriter writer,
            AsyncMetrics metrics,
            AsynchronousProperties properties,
            InstantSource time) {
        Dispatcher.AttemptStarter starter = attempt -> {
            if (attempt.claim().lost()) {
                metrics.lost();
            }
            Thread.ofVirtual().name("async-attempt").start(() -> writer.add(runner.run(attempt)));
        };
        return new Dispatcher(
                owner,
                claims,
                depths,
                inFlight,
                shares,
                doorbell,
                starter,
                properties.pollInterval(),
                time,
                Thread.ofVirtual().name("async-dispatcher").factory());
    }

    @Bean
    Housekeeper asyncHousekeeper(
            Depths depths,
            Lines lines,
            DeadLetters letters,
            Retention retention,
            AsynchronousProperties properties,
            AsyncMetrics metrics,
            InFlight inFlight,
            InstantSource time) {
        Housekeeper housekeeper = new Housekeeper(
                depths, lines, letters, retention, properties.retention().interval(), time);
        metrics.depth("waiting", () -> Math.max(0, depths.total() - inFlight.size()));
        metrics.depth("leased", inFlight::size);
        metrics.gauge(
                "mayfly.async.queue.oldest.age.seconds",
                "How long the invocation has been due that has been due for longest",
                housekeeper::oldestAgeSeconds);
        metrics.gauge("mayfly.async.dead.letters", "Dead letters that there are", housekeeper::deadLetters);
        return housekeeper;
    }

    @Bean
    DispatchLifecycle asyncDispatchLifecycle(
            Dispatcher dispatcher,
            InFlight inFlight,
            Leases leases,
            EndingWriter writer,
            Housekeeper housekeeper,
            Invoker invoker,
            AsynchronousProperties properties) {
        return new DispatchLifecycle(
                dispatcher,
                inFlight,
                new LeaseKeeper(owner, leases, inFlight, invoker, properties.renewInterval()),
                writer,
                housekeeper,
                invoker);
    }
}
