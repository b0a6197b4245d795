package dev.mayfly.workers;

import dev.mayfly.cluster.Frame;
import dev.mayfly.cluster.FrameWriter;
import dev.mayfly.invocations.Invocation;
import dev.mayfly.invocations.InvocationResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The frames of one execution. What ends before it is sent for the first time is sent in one piece. Belongs to one thread. */
final class FrameStream {

    private final Exchange exchange;
    private final Invocation invocation;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private final FrameWriter frames = new FrameWriter(pending);
    private boolean announced;
    private boolean sent;

    FrameStream(Exchange exchange, Invocation invocation) {
        this.exchange = exchange;
        this.invocation = invocation;
    }

    /** Whether it is too late for another answer. */
    boolean isSent() {
        return sent;
    }

    /** Sends what there is to tell of an execution that goes on. */
    void send() throws IOException {
        collect();
        if (pending.size() > 0) {
            begin();
            write();
            exchange.response().flushBuffer();
        }
    }

    /** Sends the rest. */
    void end(InvocationResult result) throws IOException {
        collect();
        frames.write(new Frame.Result(
                result,
                invocation.request().stdin().received(),
                invocation.stderrTail(),
                exchange.self().load()));
        if (!sent) {
            exchange.response().setContentLength(pending.size());
        }
        begin();
        write();
    }

    private void collect() throws IOException {
        if (!announced && invocation.interruption().isPresent()) {
            frames.write(new Frame.Loaded(invocation.engine(), invocation.cold()));
            frames.write(new Frame.Started());
            announced = true;
        }
        byte[] output = invocation.output().takeAll();
        if (output.length > 0) {
            frames.write(new Frame.Output(ByteBuffer.wrap(output)));
        }
    }

    private void begin() {
        if (!sent) {
            exchange.begin(200);
            exchange.response().setContentType("application/octet-stream");
            sent = true;
        }
    }

    private void write() throws IOException {
        pending.writeTo(exchange.response().getOutputStream());
        pending.reset();
    }
}
