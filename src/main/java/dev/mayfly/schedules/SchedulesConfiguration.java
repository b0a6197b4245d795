package dev.mayfly.schedules;

import dev.mayfly.asynchronous.CallbackPolicy;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires schedules into the application. */
@Configuration(proxyBeanMethods = false)
class SchedulesConfiguration {

    @Bean
    ScheduleRepository scheduleRepository(JdbcClient jdbc) {
        return new ScheduleRepository(jdbc);
    }

    @Bean
    ScheduleMetrics scheduleMetrics(ScheduleRepository schedules, MeterRegistry registry) {
        return new ScheduleMetrics(schedules, registry);
    }

    @Bean
    ScheduleRunner scheduleRunner(
            DataSource database,
            ScheduleRepository schedules,
            Submissions submissions,
            ScheduleMetrics metrics,
            ScheduleProperties properties) {
        Firings firings = new Firings(
                schedules,
                submissions,
                new DueFirings.Rule(properties.misfireThreshold(), properties.maxCatchUp()),
                metrics::count,
                InstantSource.system());
        return new ScheduleRunner(database, firings::run, properties);
    }

    @Bean
    ScheduleRules scheduleRules(ScheduleProperties properties, CallbackPolicy callbacks) {
        return new ScheduleRules(
                properties.minInterval(), properties.maxInput().toBytes(), callbacks, InstantSource.system());
    }

    @Bean
    Schedules schedules(
            ScheduleRepository repository,
            Timers timers,
            PlatformTransactionManager transactions,
            ScheduleProperties properties) {
        return new Schedules(
                repository, timers, new TransactionTemplate(transactions), properties, InstantSource.system());
    }
}
