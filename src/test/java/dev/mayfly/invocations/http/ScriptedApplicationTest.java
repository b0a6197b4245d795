package dev.mayfly.invocations.http;

import dev.mayfly.MayflyApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** A test of the application with scripted functions, which all tests of this kind share. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = MayflyApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "mayfly.data-dir=${java.io.tmpdir}/mayfly-it-${random.uuid}",
            "spring.datasource.url=jdbc:h2:mem:invocations",
            "mayfly.scheduling.slots=4",
            "mayfly.scheduling.max-concurrency-per-function=2",
            "mayfly.scheduling.queue-capacity-per-function=2",
            "mayfly.invocations.hold-back=256KB",
            "mayfly.invocations.stop-grace=200ms",
            "mayfly.invocations.probe-interval=20ms"
        })
@Import(ScriptedApplication.class)
@interface ScriptedApplicationTest {}
