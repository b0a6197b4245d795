package dev.mayfly.problems;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a problem's type leads to: a page for people who follow the link, JSON for programs. */
@RestController
@RequestMapping("/problems")
@Tag(name = "Problems", description = "What the types of problem details mean")
class ProblemPages {

    private final Explanations explanations = Explanations.load();

    /** What there is to know about a type. */
    @Schema(name = "ProblemExplanation")
    record Explanation(String type, String title, int status, String explanation) {}

    @GetMapping
    @Operation(operationId = "listProblems", summary = "List all types of problems")
    @ApiResponse(responseCode = "200")
    ResponseEntity<Object> list(@RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "*/*") String accept) {
        List<Explanation> all =
                Arrays.stream(ProblemType.values()).map(this::explain).toList();
        return wantsPage(accept) ? page(ProblemHtml.list(all)) : ResponseEntity.ok(all);
    }

    @GetMapping("/{id}")
    @Operation(operationId = "explainProblem", summary = "Explain a type of problem")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", ref = "Problem")
    ResponseEntity<?> explain(
            @PathVariable String id, @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "*/*") String accept) {
        return ProblemType.ofId(id)
                .map(this::explain)
                .<ResponseEntity<?>>map(explanation ->
                        wantsPage(accept) ? page(ProblemHtml.page(explanation)) : ResponseEntity.ok(explanation))
                .orElseGet(() -> ResponseEntity.of(ProblemType.NOT_FOUND.with("There is no such type of problem."))
                        .build());
    }

    private Explanation explain(ProblemType type) {
        return new Explanation(
                type.type().toString(), type.title(), type.status().value(), explanations.of(type));
    }

    /** Browsers name HTML; everything else gets JSON. */
    private static boolean wantsPage(String accept) {
        return accept.contains(MediaType.TEXT_HTML_VALUE);
    }

    private static ResponseEntity<Object> page(String html) {
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("text/html;charset=UTF-8"))
                .body(html);
    }
}
