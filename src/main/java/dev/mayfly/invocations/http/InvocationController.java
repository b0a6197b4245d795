package dev.mayfly.invocations.http;

import dev.mayfly.functions.FunctionCatalog;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.invocations.Calls;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Invokes functions: the request's body is the standard input, the response's body the standard output. */
@Controller
@Tag(name = "Invocations", description = "Running functions, and what came of it")
final class InvocationController {

    private final FunctionCatalog catalog;
    private final RequestInvoker invoker;
    private final DeferredRequests deferred;

    InvocationController(FunctionCatalog catalog, RequestInvoker invoker, DeferredRequests deferred) {
        this.catalog = catalog;
        this.invoker = invoker;
        this.deferred = deferred;
    }

    @PostMapping("/v1/functions/{name}/invocations")
    @Operation(
            operationId = "invoke",
            summary = "Invoke a function and wait for its end",
            description = """
                    The body is the function's standard input, the answer its standard output. For a reactor the body is \
                    a JSON array of numbers, and so is the answer. What the function is asked for and how it ended is in \
                    headers that begin with Mayfly-; beyond a threshold the answer is streamed and they are trailers. With \
                    'Prefer: respond-async' it is accepted and run later, and the answer says where its result will be.""",
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/octet-stream",
                                            schema = @Schema(type = "string", format = "binary"))))
    @Parameter(name = "version", in = ParameterIn.QUERY, schema = @Schema(type = "integer"))
    @Parameter(name = "alias", in = ParameterIn.QUERY, schema = @Schema(type = "string", defaultValue = "live"))
    @Parameter(
            name = "arg",
            in = ParameterIn.QUERY,
            array = @ArraySchema(schema = @Schema(type = "string")),
            description = "Arguments, in order")
    @ApiResponse(
            responseCode = "200",
            description = "It exited with code 0",
            content =
                    @Content(
                            mediaType = "application/octet-stream",
                            schema = @Schema(type = "string", format = "binary")))
    @Parameter(
            name = "Prefer",
            in = ParameterIn.HEADER,
            schema = @Schema(type = "string"),
            description = "respond-async: do not wait for its end (RFC 7240)")
    @Parameter(
            name = "Idempotency-Key",
            in = ParameterIn.HEADER,
            schema = @Schema(type = "string", maxLength = 255),
            description = "With respond-async: of several requests with the same key only the first counts")
    @Parameter(
            name = "Mayfly-Callback",
            in = ParameterIn.HEADER,
            schema = @Schema(type = "string", format = "uri"),
            description = "With respond-async: where its end is announced")
    @Parameter(
            name = "Mayfly-Not-Before",
            in = ParameterIn.HEADER,
            schema = @Schema(type = "string", format = "date-time"),
            description = "With respond-async: when it is to run at the earliest")
    @ApiResponse(responseCode = "202", description = "It is accepted; Location says where its result will be")
    @ApiResponse(responseCode = "404", ref = "Problem")
    @ApiResponse(responseCode = "413", ref = "Problem")
    @ApiResponse(responseCode = "429", ref = "Problem")
    @ApiResponse(responseCode = "502", ref = "Problem")
    @ApiResponse(responseCode = "504", ref = "Problem")
    void invoke(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        InvocationQuery query = InvocationQuery.parse(request.getQueryString());
        ResolvedVersion version = catalog.resolve(new FunctionName(name), query.selector());
        if (Preferences.of(request).respondAsync()) {
            deferred.accept(version, query, request, response);
            return;
        }
        List<String> arguments = Calls.arguments(name, version.configuration(), query.arguments());
        RequestInvoker.Start start =
                new RequestInvoker.Start(arguments, version.configuration().env(), ResponseFormat.RAW);
        invoker.invoke(version, start, request, response);
    }
}
