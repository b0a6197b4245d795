package dev.mayfly.api;

import dev.mayfly.problems.ProblemType;
import dev.mayfly.roles.ConditionalOnRole;
import dev.mayfly.roles.NodeRole;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnRole({NodeRole.ALL, NodeRole.CONTROL_PLANE})
class OpenApiConfiguration {

    private static final String PROBLEM = "Problem";

    @Bean
    OpenAPI openApi(ObjectProvider<BuildProperties> build) {
        String version =
                build.stream().map(BuildProperties::getVersion).findFirst().orElse("development");
        return new OpenAPI()
                .info(new Info().title("Mayfly").version(version).description("""
                                Functions as a service for WebAssembly. Upload a module compiled for WASI preview 1 as a \
                                version of a function, then invoke it: each invocation gets an instance of its own.

                                Every error is a problem detail (RFC 9457). Its `type` is stable and leads to an explanation."""))
                .components(new Components()
                        .addSchemas(PROBLEM, problemSchema())
                        .addResponses(PROBLEM, problemResponse("What went wrong")));
    }

    /** Every operation can be refused for its input or fail inside: said once, here. */
    @Bean
    OpenApiCustomizer commonResponses() {
        return api -> api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(operation -> {
                    operation.getResponses().putIfAbsent("400", reference());
                    operation.getResponses().putIfAbsent("500", reference());
                });
    }

    private static ApiResponse reference() {
        return new ApiResponse().$ref(PROBLEM);
    }

    private static ApiResponse problemResponse(String description) {
        return new ApiResponse()
                .description(description)
                .content(new Content()
                        .addMediaType(
                                "application/problem+json", new MediaType().schema(new Schema<>().$ref(PROBLEM))));
    }

    private static Schema<?> problemSchema() {
        Schema<String> type = new StringSchema();
        Arrays.stream(ProblemType.values())
                .forEach(problem -> type.addEnumItemObject(problem.type().toString()));
        return new ObjectSchema()
                .description("RFC 9457. Some types carry further members, such as 'offset' or 'errors'.")
                .addProperty("type", type.description("Stable; leads to an explanation"))
                .addProperty("title", new StringSchema().description("What the type means"))
                .addProperty("status", new IntegerSchema().description("The HTTP status"))
                .addProperty("detail", new StringSchema().description("What happened this time"))
                .addProperty("instance", new StringSchema().description("The path of the request"));
    }
}
