package dev.mayfly.workers;

import dev.mayfly.invocations.Invoker;
import dev.mayfly.invocations.streams.BytePipe;
import dev.mayfly.invocations.streams.SeveredPipeException;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** What comes to an execution by requests of its own: the rest of its input, and its end. */
final class InputEndpoint {

    private static final int CHUNK = 16 * 1024;

    /** Such a request takes another connection than the order, and may be here first. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How often a guest that does not read is looked after; nothing depends on it. */
    private static final Duration ROUND = Duration.ofMinutes(1);

    private final Executions executions;
    private final Invoker invoker;

    InputEndpoint(Executions executions, Invoker invoker) {
        this.executions = executions;
        this.invoker = invoker;
    }

    /**
     * Takes the rest of an input to its instance, as fast as that reads.
     *
     * @throws IOException if the control plane is gone; the invocation has been told to end
     */
    void receive(UUID id, Exchange exchange) throws IOException {
        Optional<Running> execution = executions.find(id, PATIENCE);
        Optional<BytePipe> pipe = execution.flatMap(Running::takeInput);
        if (execution.isEmpty()) {
            exchange.fail(notFound());
        } else if (pipe.isEmpty()) {
            exchange.fail(new ProblemException(ProblemType.CONFLICT, "The execution takes no more input."));
        } else {
            pump(exchange.request().getInputStream(), pipe.get(), execution.get());
            exchange.begin(204);
        }
    }

    private void pump(InputStream body, BytePipe pipe, Running execution) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long room = execution.inputRoom();
        for (int count = read(body, chunk, execution); count >= 0; count = read(body, chunk, execution)) {
            room -= count;
            if (room < 0) {
                invoker.inputTooLarge(execution.invocation());
                return;
            }
            if (!forward(ByteBuffer.wrap(chunk, 0, count), pipe)) {
                return;
            }
        }
        pipe.end();
    }

    private int read(InputStream body, byte[] chunk, Running execution) throws IOException {
        try {
            return body.read(chunk);
        } catch (IOException e) {
            invoker.clientGone(execution.invocation());
            throw e;
        }
    }

    /** Whether the instance still takes input. */
    private static boolean forward(ByteBuffer chunk, BytePipe pipe) {
        try {
            while (chunk.hasRemaining()) {
                pipe.write(chunk, ROUND);
            }
            return true;
        } catch (SeveredPipeException ended) {
            return false;
        }
    }

    /** Ends an execution; it answers its order with what came of it. */
    void cancel(UUID id, Exchange exchange) throws IOException {
        Optional<Running> execution = executions.find(id, Duration.ZERO);
        if (execution.isEmpty()) {
            exchange.fail(notFound());
        } else {
            invoker.cancel(execution.get().invocation());
            exchange.begin(204);
        }
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no such execution, or not any more.");
    }
}
