package dev.mayfly.invocations.http;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets up the web server for invocations. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> clientConnections() {
        return factory -> {
            factory.setProtocol(ProbingHttp11Protocol.class.getName());
            factory.addEngineValves(new ClientConnectionValve());
        };
    }
}
