package dev.mayfly.placement;

import dev.mayfly.archives.ArchiveSummary;
import dev.mayfly.archives.IncomingArchive;
import dev.mayfly.archives.IncomingArchives;
import dev.mayfly.cluster.Frame;
import dev.mayfly.cluster.FrameReader;
import dev.mayfly.cluster.ProtocolException;
import dev.mayfly.functions.ArtifactPolicy;
import dev.mayfly.invocations.Call;
import dev.mayfly.invocations.Invocation;
import dev.mayfly.invocations.InvocationResult;
import dev.mayfly.invocations.streams.GuestStdout;
import dev.mayfly.invocations.streams.SeveredPipeException;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Does with an invocation what the frames of an answer say. Belongs to one thread. */
final class FrameHandler implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Invocation invocation;
    private final IncomingArchives archives;
    private final IncomingArchive archive;
    private final ExchangeClock watch;
    private final Runnable onStart;
    private final Runnable cancel;
    private final GuestStdout stdout;
    private final long beganNanos;
    private Duration start = Duration.ZERO;
    private boolean started;
    private boolean output;
    private boolean severed;

    /**
     * A handler of an answer that has not begun.
     *
     * @param archives receives what the instance left in its files
     * @param onStart is run when the instance begins
     * @param cancel is run when nobody wants the result any more
     */
    FrameHandler(
            Invocation invocation, IncomingArchives archives, ExchangeClock watch, Runnable onStart, Runnable cancel) {
        this.invocation = invocation;
        this.archives = archives;
        this.archive = archives.begin();
        this.watch = watch;
        this.onStart = onStart;
        this.cancel = cancel;
        long most = invocation.request().version().configuration().limits().maxOutputBytes();
        this.stdout = new GuestStdout(invocation.output(), most);
        this.beganNanos = System.nanoTime();
    }

    boolean hasStarted() {
        return started;
    }

    /** Whether something of the output was handed on. */
    boolean hasOutput() {
        return output;
    }

    /** Handles all frames. */
    Attempt handle(FrameReader frames, Worker worker) throws IOException {
        while (true) {
            watch.waiting();
            Frame frame = frames.read();
            watch.answered();
            switch (frame) {
                case Frame.Loaded(String engine, boolean cold) -> invocation.loaded(engine, cold);
                case Frame.Started _ -> begin();
                case Frame.Output(ByteBuffer bytes) -> handOn(bytes);
                case Frame.Settling _ -> settle();
                case Frame.Archive(ByteBuffer bytes) -> archive.write(bytes);
                case Frame.Result result -> {
                    worker.note(result.load());
                    return conclude(result);
                }
            }
        }
    }

    private void begin() {
        started = true;
        start = Duration.ofNanos(System.nanoTime() - beganNanos);
        // If it was stopped meanwhile, the worker has been told, and will say so.
        Optional<Interruption.Reason> stopped = invocation.begin();
        if (stopped.isEmpty()) {
            watch.until(invocation.running().deadlineNanos());
            onStart.run();
        }
    }

    /** The instance has ended in its time; what is left takes some of its own. */
    private void settle() throws ProtocolException {
        if (invocation.request().version().configuration().artifacts() == ArtifactPolicy.NEVER) {
            throw new ProtocolException("an archive that nobody wanted");
        }
        invocation.settling();
        if (invocation.stopReason().isEmpty()) {
            watch.until(System.nanoTime() + archives.maxTime().toNanos());
        }
    }

    private void handOn(ByteBuffer bytes) throws IOException {
        if (invocation.request().call() instanceof Call.Function) {
            throw new ProtocolException("the output of a call that has none");
        }
        output = true;
        try {
            while (!severed && bytes.hasRemaining()) {
                stdout.write(bytes, PATIENCE);
            }
        } catch (SeveredPipeException unwanted) {
            severed = true;
            cancel.run();
        }
    }

    private Attempt conclude(Frame.Result frame) {
        ByteBuffer stderr = ByteBuffer.wrap(frame.stderr().getBytes(StandardCharsets.UTF_8));
        Optional<Interruption.Reason> stopped = invocation.stopReason();
        Attempt attempt =
                switch (frame.result()) {
                    case InvocationResult.Ran ran
                    when stopped.isEmpty() && isShutdown(ran) ->
                        new Attempt.Broken(!output, new IOException("the worker was shut down"));
                    case InvocationResult.Ran ran -> new Attempt.Ended(invocation.ran(ran.execution(), start));
                    case InvocationResult.Stopped _, InvocationResult.NotRun _ ->
                        stopped.<Attempt>map(why -> new Attempt.Ended(new InvocationResult.Stopped(why)))
                                .orElseGet(Attempt.HandedBack::new);
                    case InvocationResult.Failed _, InvocationResult.ModuleRefused _
                    when !started -> new Attempt.Unable(frame.result());
                    default -> new Attempt.Ended(frame.result());
                };
        if (attempt instanceof Attempt.Ended) {
            invocation.stderr().write(stderr, Duration.ZERO);
            keepArchive(frame);
        }
        return attempt;
    }

    private void keepArchive(Frame.Result frame) {
        ArchiveSummary reported = frame.archive();
        if (reported != null && invocation.isSettling()) {
            String function = invocation.request().version().function().value();
            invocation.archived(archives.keep(archive, reported, invocation.id(), function));
        }
    }

    @Override
    public void close() {
        archive.close();
    }

    private static boolean isShutdown(InvocationResult.Ran ran) {
        return ran.execution().outcome() instanceof Outcome.Interrupted(Interruption.Reason why)
                && why == Interruption.Reason.SHUTDOWN;
    }
}
