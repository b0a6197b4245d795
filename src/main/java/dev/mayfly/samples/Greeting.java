package dev.mayfly.samples;

import dev.mayfly.functions.FunctionPublisher;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says where Mayfly listens and how to call a function, once it is ready. */
@Component
class Greeting {

    private static final Logger LOG = LoggerFactory.getLogger(Greeting.class);

    private final ServerProperties server;
    private final Environment environment;
    private final FunctionPublisher functions;

    Greeting(ServerProperties server, Environment environment, FunctionPublisher functions) {
        this.server = server;
        this.environment = environment;
        this.functions = functions;
    }

    @EventListener
    void onReady(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext context
                && context.getWebServer() != null) {
            LOG.info(text(context.getWebServer().getPort()));
        }
    }

    String text(int port) {
        String base = baseUrl(port);
        StringBuilder text = new StringBuilder("Mayfly is ready.\n\n");
        text.append("  Functions      ").append(base).append("/v1/functions\n");
        text.append("  API reference  ").append(base).append("/swagger-ui.html\n");
        if (functions.exists(Sample.HELLO.function())) {
            text.append("\n  Call one:\n\n    ").append(curl(base)).append('\n');
        }
        return text.toString();
    }

    private String curl(String base) {
        String key = environment.containsProperty("mayfly.access.keys[0].hash")
                ? " --header \"Authorization: Bearer $MAYFLY_KEY\""
                : "";
        return "curl --data Ada" + key + " " + base + "/v1/functions/" + Sample.HELLO.function() + "/invocations";
    }

    private String baseUrl(int port) {
        boolean encrypted = server.getSsl() != null && server.getSsl().isEnabled();
        String path = server.getServlet().getContextPath();
        return (encrypted ? "https" : "http") + "://" + host(server.getAddress()) + ":" + port
                + (path == null ? "" : path);
    }

    /** An address that a client on this machine can use. */
    private static String host(@Nullable InetAddress address) {
        if (address == null || address.isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }
}
