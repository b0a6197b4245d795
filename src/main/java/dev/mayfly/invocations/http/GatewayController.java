package dev.mayfly.invocations.http;

import dev.mayfly.functions.FunctionCatalog;
import dev.mayfly.functions.FunctionConfiguration;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.HttpMode;
import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.functions.VersionSelector;
import dev.mayfly.invocations.Calls;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** The HTTP gateway: requests of any method to any path below a function's are the function's to answer. */
@Controller
final class GatewayController {

    private final FunctionCatalog catalog;
    private final RequestInvoker invoker;

    GatewayController(FunctionCatalog catalog, RequestInvoker invoker) {
        this.catalog = catalog;
        this.invoker = invoker;
    }

    /** Of every method that gets past the firewall. They are named because a mapping without methods gets no OPTIONS. */
    @RequestMapping(
            path = {"/f/{name}", "/f/{name}/**"},
            method = {
                RequestMethod.GET,
                RequestMethod.HEAD,
                RequestMethod.POST,
                RequestMethod.PUT,
                RequestMethod.PATCH,
                RequestMethod.DELETE,
                RequestMethod.OPTIONS
            })
    void serve(@PathVariable String name, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ResolvedVersion version = catalog.resolve(new FunctionName(name), VersionSelector.LIVE);
        invoker.invoke(version, start(version, request), request, response);
        if (request.getMethod().equals(RequestMethod.OPTIONS.name())) {
            // Otherwise the framework would still add what it thinks is allowed.
            response.flushBuffer();
        }
    }

    private static RequestInvoker.Start start(ResolvedVersion version, HttpServletRequest request) {
        FunctionConfiguration configuration = version.configuration();
        String name = version.function().value();
        if (configuration.http() == HttpMode.RAW) {
            List<String> arguments = Calls.arguments(name, configuration, List.of());
            return new RequestInvoker.Start(arguments, configuration.env(), ResponseFormat.RAW);
        }
        CgiRequest cgi = CgiRequest.of(request, "/f/" + name);
        List<String> arguments = Calls.arguments(cgi.scriptName(), configuration, cgi.arguments());
        return new RequestInvoker.Start(arguments, cgi.environment(configuration.env()), new CgiResponse());
    }
}
