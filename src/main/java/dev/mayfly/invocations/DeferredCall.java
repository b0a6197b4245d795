package dev.mayfly.invocations;

import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.VersionSelector;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call that a client makes without waiting for its end.
 *
 * @param arguments for the program, behind those of the configuration
 * @param input all of it
 * @param callback where its end is to be announced; null for nowhere
 * @param idempotencyKey that the client chose; null for none
 * @param notBefore when it may run at the earliest; null for at once
 */
public record DeferredCall(
        FunctionName function,
        VersionSelector selector,
        List<String> arguments,
        ByteBuffer input,
        @Nullable URI callback,
        @Nullable String idempotencyKey,
        @Nullable Instant notBefore) {

    public DeferredCall {
        arguments = List.copyOf(arguments);
    }
}
