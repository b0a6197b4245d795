package dev.mayfly.invocations.http;

import dev.mayfly.functions.FunctionCatalog;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.ResolvedVersion;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Invokes functions: the request's body is the standard input, the response's body the standard output. */
@Controller
final class InvocationController {

    private final FunctionCatalog catalog;
    private final RequestInvoker invoker;

    InvocationController(FunctionCatalog catalog, RequestInvoker invoker) {
        this.catalog = catalog;
        this.invoker = invoker;
    }

    @PostMapping("/v1/functions/{name}/invocations")
    void invoke(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        InvocationQuery query = InvocationQuery.parse(request.getQueryString());
        ResolvedVersion version = catalog.resolve(new FunctionName(name), query.selector());
        List<String> arguments = CallReader.arguments(name, version.configuration(), query.arguments());
        RequestInvoker.Start start =
                new RequestInvoker.Start(arguments, version.configuration().env(), ResponseFormat.RAW);
        invoker.invoke(version, start, request, response);
    }
}
