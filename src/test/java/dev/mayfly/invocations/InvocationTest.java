package dev.mayfly.invocations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.functions.FunctionConfiguration;
import dev.mayfly.functions.FunctionLimits;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.HttpMode;
import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.invocations.streams.BufferBudget;
import dev.mayfly.invocations.streams.GuestStdin;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class InvocationTest {

    /** As if its deadline were long over. */
    private static final Duration NO_TIME = Duration.ofDays(-1);

    private final Invocation invocation = new Invocation(
            UUID.randomUUID(),
            request(),
            new InvocationContext(
                    new NoExecutor(),
                    _ -> {},
                    properties(),
                    new BufferBudget(1000),
                    System::nanoTime,
                    InstantSource.system()));

    private static final class NoExecutor implements Executor {

        @Override
        public String engine() {
            return "none";
        }

        @Override
        public InvocationResult execute(Invocation executed) {
            return new InvocationResult.Failed();
        }
    }

    private static InvocationRequest request() {
        FunctionConfiguration configuration = new FunctionConfiguration(
                "", Map.of(), List.of(), new FunctionLimits(1, 1000, 0, 0, 64), HttpMode.RAW, null);
        ResolvedVersion version =
                new ResolvedVersion(new FunctionName("f"), 1, new ContentDigest("0".repeat(64)), configuration);
        return new InvocationRequest(version, new Call.Command(List.of(), Map.of()), GuestStdin.empty());
    }

    private static InvocationProperties properties() {
        return new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("mayfly.invocations", InvocationProperties.class);
    }

    @Test
    void anInstanceThatHasEndedIsNotOverdueHoweverLongItsFilesAreArchived() {
        assertThat(invocation.isOverdue(NO_TIME)).as("not begun").isFalse();
        invocation.begin();
        assertThat(invocation.isOverdue(NO_TIME)).isTrue();
        invocation.settling();
        assertThat(invocation.isOverdue(NO_TIME)).isFalse();
    }

    @Test
    void oneThatIsBegunAnewIsNoLongerSettling() {
        invocation.begin();
        invocation.settling();
        invocation.begin();
        assertThat(invocation.isSettling()).isFalse();
        assertThat(invocation.isOverdue(NO_TIME)).isTrue();
    }
}
