package dev.mayfly.cluster;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.functions.FunctionConfiguration;
import dev.mayfly.functions.FunctionLimits;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.HttpMode;
import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.functions.RetryPolicy;
import dev.mayfly.functions.SystemCalls;
import dev.mayfly.invocations.Call;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Orders to try. */
final class Orders {

    static final ResolvedVersion VERSION = new ResolvedVersion(
            new FunctionName("hello"),
            3,
            new ContentDigest("ab".repeat(32)),
            new FunctionConfiguration(
                    "Says héllo",
                    Map.of("A", "1", "B", "zwei"),
                    List.of("--fast"),
                    new FunctionLimits(64, 1000, 1 << 20, 1 << 21, 512, 4096, 10, 500),
                    HttpMode.WAGI,
                    "run",
                    SystemCalls.ALL,
                    7,
                    200,
                    true,
                    new RetryPolicy(5, 60, 10, 100)));

    static final ExecutionOrder COMMAND = new ExecutionOrder(
            UUID.fromString("0190b9c8-0000-7000-8000-000000000001"),
            VERSION,
            new Call.Command(List.of("hello", "world"), Map.of("PATH_INFO", "/x")),
            true);

    static final ExecutionOrder FUNCTION = new ExecutionOrder(
            UUID.fromString("0190b9c8-0000-7000-8000-000000000002"),
            VERSION,
            new Call.Function("fib", List.of("10", "NaN"), List.of("fib"), Map.of()),
            false);

    private Orders() {}
}
