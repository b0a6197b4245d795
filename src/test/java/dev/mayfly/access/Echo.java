package dev.mayfly.access;

import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Answers whatever gets through to it. No controller, so that an application in another test does not find it. */
class Echo {

    static final String ANSWER = "reached";

    @Bean
    RouterFunction<ServerResponse> answer() {
        return RouterFunctions.route(
                RequestPredicates.all(), request -> ServerResponse.ok().body(ANSWER));
    }
}
