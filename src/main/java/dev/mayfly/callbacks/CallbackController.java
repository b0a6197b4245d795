package dev.mayfly.callbacks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Invocations")
class CallbackController {

    private final DeliveryTable table;

    CallbackController(DeliveryTable table) {
        this.table = table;
    }

    /** The delivery of a result, as clients see it. */
    @Schema(name = "Callback")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CallbackView(
            @Schema(description = "As the receiver gets it in 'webhook-id'")
            String id,

            String url,

            @Schema(allowableValues = {"pending", "delivered", "abandoned"})
            String state,

            @Schema(description = "Begun so far") int attempts,

            @Schema(description = "When it is tried next") @Nullable
            Instant due,

            @Schema(description = "The status of the last answer") @Nullable
            Integer lastStatus,

            @Schema(
                    description = "What went wrong with the last attempt",
                    allowableValues = {
                        "status",
                        "timeout",
                        "connect-failed",
                        "tls",
                        "io",
                        "unknown-host",
                        "address-refused",
                        "not-allowed",
                        "no-result"
                    })
            @Nullable
            String lastError,

            Instant created,
            @Nullable Instant ended) {

        static CallbackView of(DeliveryState delivery) {
            return new CallbackView(
                    "msg_" + delivery.id(),
                    delivery.url(),
                    delivery.state(),
                    delivery.attempts(),
                    delivery.due(),
                    delivery.lastStatus(),
                    delivery.lastError(),
                    delivery.created(),
                    delivery.ended());
        }
    }

    @GetMapping(path = "/v1/invocations/{id}/callback", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getInvocationCallback",
            summary = "Show how far the delivery of an invocation's result has got")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", ref = "Problem")
    CallbackView show(@PathVariable UUID id) {
        return table.newest(id)
                .map(CallbackView::of)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "The invocation has not ended, or nobody asked for its result."));
    }
}
