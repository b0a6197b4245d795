package dev.mayfly.access;

import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers at the paths whose access is tested, in place of the controllers that live there. */
@RestController
class Echo {

    static final String ANSWER = "reached";

    @RequestMapping({
        "/v1/functions",
        "/v1/functions/{name}/invocations",
        "/actuator/prometheus",
        "/actuator/health",
        "/actuator/health/{group}",
        "/f/{name}/**",
        "/problems/{id}",
        "/elsewhere"
    })
    String answer() {
        return ANSWER;
    }
}
