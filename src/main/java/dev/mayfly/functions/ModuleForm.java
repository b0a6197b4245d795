package dev.mayfly.functions;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An upload as a form.
 *
 * @param module the bytes of the part {@code module}; to be closed
 * @param configuration from the part of that name, if there is one
 * @param activate from the query
 */
record ModuleForm(InputStream module, Optional<ConfigurationRequest> configuration, boolean activate) {

    private static final String MODULE = "module";
    private static final String CONFIGURATION = "configuration";
    private static final String ACTIVATE = "activate";

    /** The parts, for documentation. */
    @Schema(name = "ModuleForm", requiredProperties = MODULE)
    record Parts(
            @Schema(type = "string", format = "binary", description = "The module's bytes")
            String module,

            @Nullable ConfigurationRequest configuration) {}

    @Component
    static class Reader {

        private final JsonMapper json;

        Reader(JsonMapper json) {
            this.json = json;
        }

        /**
         * Takes a form in: its parts are files of the staging area until the request ends.
         *
         * @throws InvalidConfigurationException if a part is missing, or a value is none
         */
        ModuleForm read(MultipartHttpServletRequest request) throws IOException {
            request.getMultiFileMap(); // has the parts read, and what goes wrong with them told in Spring's terms
            Part module = part(request, MODULE)
                    .orElseThrow(() -> invalid(MODULE, "must be a part of the form, with the module's bytes"));
            return new ModuleForm(module.getInputStream(), configuration(request), activate(request));
        }

        private Optional<ConfigurationRequest> configuration(MultipartHttpServletRequest request) throws IOException {
            Optional<Part> part = part(request, CONFIGURATION);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            try (InputStream in = part.get().getInputStream()) {
                return Optional.of(json.readValue(in, ConfigurationRequest.class));
            } catch (JacksonException e) {
                throw new HttpMessageNotReadableException(
                        "part '" + CONFIGURATION + "'", e, new ServletServerHttpRequest(request));
            }
        }

        private static boolean activate(MultipartHttpServletRequest request) {
            return switch (request.getParameter(ACTIVATE)) {
                case null -> true;
                case "true" -> true;
                case "false" -> false;
                default -> throw invalid(ACTIVATE, "must be 'true' or 'false'");
            };
        }

        private static Optional<Part> part(MultipartHttpServletRequest request, String name) throws IOException {
            try {
                return Optional.ofNullable(request.getPart(name));
            } catch (ServletException e) {
                throw new MultipartException("no form", e);
            }
        }

        private static InvalidConfigurationException invalid(String field, String message) {
            return new InvalidConfigurationException(
                    List.of(new InvalidConfigurationException.Violation(field, message)));
        }
    }
}
