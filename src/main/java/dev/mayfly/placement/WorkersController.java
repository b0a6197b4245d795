package dev.mayfly.placement;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows workers. */
@RestController
@Tag(name = "Workers", description = "What a control plane knows of the workers that run its invocations")
class WorkersController {

    /**
     * All workers.
     *
     * @param items in the order of their addresses
     */
    record Workers(List<WorkerView> items) {}

    private final Membership membership;

    WorkersController(Membership membership) {
        this.membership = membership;
    }

    @Operation(summary = "Lists the workers as this control plane sees them")
    @GetMapping("/v1/workers")
    Workers list() {
        return new Workers(membership.views());
    }
}
