package dev.mayfly.placement;

import dev.mayfly.archives.ArchiveState;
import dev.mayfly.archives.ArchiveSummary;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.cluster.AnswerHead;
import dev.mayfly.cluster.ClusterHeaders;
import dev.mayfly.cluster.ClusterPaths;
import dev.mayfly.cluster.ClusterSecret;
import dev.mayfly.cluster.Content;
import dev.mayfly.cluster.ExecutionOrder;
import dev.mayfly.cluster.Frame;
import dev.mayfly.cluster.FrameWriter;
import dev.mayfly.cluster.HeldDisks;
import dev.mayfly.cluster.MissingDisks;
import dev.mayfly.cluster.OrderCodec;
import dev.mayfly.cluster.Refusal;
import dev.mayfly.cluster.RequestVerifier;
import dev.mayfly.cluster.StatusCodec;
import dev.mayfly.cluster.Verdict;
import dev.mayfly.cluster.WorkerLoad;
import dev.mayfly.cluster.WorkerStatus;
import dev.mayfly.functions.DiskReference;
import dev.mayfly.invocations.InvocationResult;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.scheduling.Job;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A worker that does with each function what the function is called: {@code f-ok} succeeds, {@code f-started} is broken
 * once the instance has begun. Speaks just enough HTTP for that, over plain sockets, so that it can break anywhere.
 */
final class FakeWorker implements AutoCloseable {

    static final String SECRET = "a secret that only tests know, of some length";

    private static final OrderCodec CODEC = new OrderCodec();

    private final ServerSocket server;
    private final RequestVerifier verifier = new RequestVerifier(ClusterSecret.of(SECRET), InstantSource.system());
    private final UUID instance = UUID.randomUUID();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Map<UUID, BlockingQueue<byte[]>> inputs = new ConcurrentHashMap<>();
    private final Map<UUID, CountDownLatch> cancellations = new ConcurrentHashMap<>();
    final Set<ContentDigest> modules = ConcurrentHashMap.newKeySet();
    final Set<ContentDigest> disks = ConcurrentHashMap.newKeySet();
    final AtomicInteger pushes = new AtomicInteger();
    final AtomicInteger diskPushes = new AtomicInteger();
    final AtomicInteger orders = new AtomicInteger();
    volatile boolean draining;
    volatile boolean paused;
    volatile boolean busy;
    /** Whether it has no room for anything. */
    volatile boolean full;
    /** Whether another control plane has just sent whatever it is offered. */
    volatile boolean sentByAnother;

    /** Whether it wants contents and then does not go on. */
    volatile boolean stalled;
    /** For how many bytes of disks it has room; negative if it knows of none. */
    volatile long diskCapacity = 1_000_000;
    /** Whether it does what functions are called; otherwise all succeed. */
    volatile boolean faulty = true;

    private record Request(String method, String path, Map<String, String> headers, InputStream body) {}

    FakeWorker() {
        try {
            server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("fake-worker").start(this::acceptAll);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                String line = line(in);
                if (line.isEmpty()) {
                    return;
                }
                while (paused) {
                    Thread.sleep(10);
                }
                if (!handle(request(line, in), socket.getOutputStream())) {
                    return;
                }
            }
        } catch (IOException | InterruptedException broken) {
            // As it is meant to be.
        } finally {
            connections.remove(socket);
        }
    }

    private static Request request(String line, InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon), header.substring(colon + 1).trim());
        }
        String[] parts = line.split(" ", -1);
        String length = headers.get("Content-Length");
        InputStream body = headers.containsKey("Transfer-Encoding")
                ? new Chunks(in)
                : new Counted(in, length == null ? 0 : Integer.parseInt(length));
        if (!headers.containsKey("Transfer-Encoding") && !headers.containsKey("Expect")) {
            body = new ByteArrayInputStream(body.readAllBytes());
        }
        return new Request(parts[0], parts[1], headers, body);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = in.read();
        while (c >= 0 && c != '\n') {
            line.write(c);
            c = in.read();
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    /** Whether the connection stays. */
    private boolean handle(Request request, OutputStream out) throws IOException, InterruptedException {
        if (!(verifier.verify(
                        request.method(), request.path(), request.headers().get(ClusterHeaders.AUTHORIZATION))
                instanceof Verdict.Accepted accepted)) {
            out.write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return true;
        }
        String path = request.path();
        if (path.equals(ClusterPaths.STATUS)) {
            WorkerStatus status = new WorkerStatus(
                    "fake", instance, "test", "fake", load(), Set.copyOf(modules), Optional.ofNullable(heldDisks()));
            return answer(out, accepted, 200, null, StatusCodec.encode(status));
        }
        if (request.method().equals("PUT")) {
            return take(request, out, accepted);
        }
        if (path.endsWith("/input")) {
            return takeInput(idOf(path.substring(0, path.length() - "/input".length())), request, out, accepted);
        }
        if (request.method().equals("DELETE")) {
            cancellation(idOf(path)).countDown();
            return answer(out, accepted, 204, null, new byte[0]);
        }
        return execute(request, out, accepted);
    }

    private @Nullable HeldDisks heldDisks() {
        return diskCapacity < 0 ? null : new HeldDisks(diskCapacity, Set.copyOf(disks));
    }

    private boolean take(Request request, OutputStream out, Verdict.Accepted accepted)
            throws IOException, InterruptedException {
        boolean module = request.path().startsWith(Content.Kind.MODULE.path());
        (module ? pushes : diskPushes).incrementAndGet();
        if (full || sentByAnother) {
            if (sentByAnother) {
                keep(request);
            }
            String head = head(accepted, full ? 507 : 412, null)
                    .append("Connection: close\r\nContent-Length: 0\r\n\r\n")
                    .toString();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return false;
        }
        out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        while (stalled) {
            Thread.sleep(10);
        }
        request.body().readAllBytes();
        keep(request);
        return answer(out, accepted, 204, null, new byte[0]);
    }

    private void keep(Request request) {
        boolean module = request.path().startsWith(Content.Kind.MODULE.path());
        ContentDigest digest =
                new ContentDigest(request.path().substring(request.path().lastIndexOf('/') + 1));
        (module ? modules : disks).add(digest);
    }

    private static UUID idOf(String path) {
        return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    }

    private CountDownLatch cancellation(UUID id) {
        return cancellations.computeIfAbsent(id, _ -> new CountDownLatch(1));
    }

    private BlockingQueue<byte[]> input(UUID id) {
        return inputs.computeIfAbsent(id, _ -> new LinkedBlockingQueue<>());
    }

    private boolean takeInput(UUID id, Request request, OutputStream out, Verdict.Accepted accepted)
            throws IOException {
        input(id).add(request.body().readAllBytes());
        return answer(out, accepted, 204, null, new byte[0]);
    }

    private WorkerLoad load() {
        return new WorkerLoad(4, 0, 0, draining);
    }

    private boolean answer(
            OutputStream out, Verdict.Accepted accepted, int status, @Nullable Refusal refusal, byte[] body)
            throws IOException {
        StringBuilder head = head(accepted, status, refusal);
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        return true;
    }

    private boolean refuse(OutputStream out, Verdict.Accepted accepted, Refusal why, String missing)
            throws IOException {
        String load = load().header();
        AnswerHead head = new AnswerHead(404, Optional.of(why.id()), Optional.of(load), Optional.of(missing));
        String answer = "HTTP/1.1 404 X\r\nContent-Length: 0\r\n" + ClusterHeaders.REFUSAL + ": "
                + why.id() + "\r\n" + ClusterHeaders.LOAD + ": " + load + "\r\n"
                + ClusterHeaders.MISSING + ": " + missing + "\r\n" + ClusterHeaders.ANSWER + ": "
                + accepted.sign(head) + "\r\n\r\n";
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return true;
    }

    private StringBuilder head(Verdict.Accepted accepted, int status, @Nullable Refusal refusal) {
        Optional<String> why = Optional.ofNullable(refusal).map(Refusal::id);
        String load = load().header();
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " X\r\n");
        why.ifPresent(
                word -> head.append(ClusterHeaders.REFUSAL + ": ").append(word).append("\r\n"));
        head.append(ClusterHeaders.LOAD + ": ").append(load).append("\r\n");
        return head.append(ClusterHeaders.ANSWER + ": ")
                .append(accepted.sign(new AnswerHead(status, why, Optional.of(load))))
                .append("\r\n");
    }

    private boolean execute(Request request, OutputStream out, Verdict.Accepted accepted)
            throws IOException, InterruptedException {
        orders.incrementAndGet();
        ExecutionOrder order = CODEC.decode(OrderCodec.readHead(request.body()));
        String name = faulty ? order.version().function().value() : "f-ok";
        if (draining || busy) {
            return answer(out, accepted, 503, draining ? Refusal.DRAINING : Refusal.BUSY, new byte[0]);
        }
        List<ContentDigest> missing = order.version().configuration().disks().stream()
                .map(DiskReference::digest)
                .filter(digest -> !disks.contains(digest))
                .toList();
        if (!modules.contains(order.version().digest())) {
            return missing.isEmpty()
                    ? answer(out, accepted, 404, Refusal.MODULE_MISSING, new byte[0])
                    : refuse(out, accepted, Refusal.MODULE_MISSING, MissingDisks.header(missing));
        }
        if (!missing.isEmpty()) {
            return refuse(out, accepted, Refusal.DISK_MISSING, MissingDisks.header(missing));
        }
        if (name.startsWith("f-read")) {
            return false;
        }
        StringBuilder head = head(accepted, 200, null).append("Transfer-Encoding: chunked\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
        Frames frames = new Frames(out);
        if (name.startsWith("f-head")) {
            return false;
        }
        frames.write(new Frame.Loaded("fake", false));
        if (name.startsWith("f-silent")) {
            cancellation(order.id()).await();
            return false;
        }
        if (name.startsWith("f-refused")) {
            frames.write(result(new InvocationResult.ModuleRefused("At byte 7: no vectors.")));
            return frames.end();
        }
        if (name.startsWith("f-back")) {
            frames.write(result(new InvocationResult.NotRun(Job.Drop.SHUTDOWN)));
            return frames.end();
        }
        frames.write(new Frame.Started());
        return run(name, order, request, frames);
    }

    private boolean run(String name, ExecutionOrder order, Request request, Frames frames)
            throws IOException, InterruptedException {
        if (name.startsWith("f-started")) {
            return false;
        }
        if (name.startsWith("f-hang")) {
            Thread.sleep(Duration.ofDays(1));
        }
        if (name.startsWith("f-loop")) {
            cancellation(order.id()).await();
            frames.write(result(ran(new Outcome.Interrupted(Interruption.Reason.CANCELLED))));
            return frames.end();
        }
        frames.write(new Frame.Output(ByteBuffer.wrap("hello ".getBytes(StandardCharsets.US_ASCII))));
        if (name.startsWith("f-output")) {
            return false;
        }
        byte[] begun = request.body().readAllBytes();
        if (begun.length > 0) {
            frames.write(new Frame.Output(ByteBuffer.wrap(begun)));
        }
        if (order.moreInput()) {
            frames.write(new Frame.Output(ByteBuffer.wrap(input(order.id()).take())));
        }
        if (name.startsWith("f-archive")) {
            return archive(name, frames);
        }
        frames.write(result(ran(new Outcome.Exited(0))));
        return frames.end();
    }

    private boolean archive(String name, Frames frames) throws IOException, InterruptedException {
        frames.write(new Frame.Settling());
        if (name.startsWith("f-archive-late")) {
            Thread.sleep(Duration.ofSeconds(2));
        }
        frames.write(new Frame.Archive(ByteBuffer.wrap(new byte[] {1, 2, 3})));
        if (name.startsWith("f-archive-broken")) {
            return false;
        }
        if (name.startsWith("f-archive-flood")) {
            for (int i = 0; i < 4; i++) {
                frames.write(new Frame.Archive(ByteBuffer.wrap(new byte[1 << 20])));
            }
        }
        int claimed = name.startsWith("f-archive-short") ? 4 : 3;
        frames.write(new Frame.Result(
                ran(new Outcome.Exited(0)),
                0,
                "said the worker",
                load(),
                new ArchiveSummary(ArchiveState.KEPT, claimed, 1, null)));
        return frames.end();
    }

    private static InvocationResult ran(Outcome outcome) {
        return new InvocationResult.Ran(
                new Execution(outcome, Duration.ZERO, Duration.ofMillis(1), Duration.ZERO, 65536),
                new InvocationResult.Timing(Duration.ZERO, Duration.ZERO, Duration.ofMillis(1)));
    }

    private Frame.Result result(InvocationResult result) {
        return new Frame.Result(result, 0, "said the worker", load());
    }

    /** Frames as chunks of a body, each sent at once. */
    private static final class Frames {

        private final OutputStream out;

        Frames(OutputStream out) {
            this.out = out;
        }

        void write(Frame frame) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new FrameWriter(bytes).write(frame);
            out.write((Integer.toHexString(bytes.size()) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            bytes.writeTo(out);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        boolean end() throws IOException {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return true;
        }
    }

    /** The content of a body with a length, which may not have been sent yet. */
    private static final class Counted extends InputStream {

        private final InputStream in;
        private int left;

        Counted(InputStream in, int length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? in.read() : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = left > 0 ? in.read(target, offset, Math.min(left, length)) : -1;
            left -= Math.max(count, 0);
            return count;
        }
    }

    /** The content of a chunked body. */
    private static final class Chunks extends InputStream {

        private final InputStream in;
        private int left;
        private boolean ended;

        Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            while (left == 0 && !ended) {
                String size = line(in);
                if (!size.isEmpty()) {
                    left = Integer.parseInt(size, 16);
                    ended = left == 0;
                }
            }
            if (ended) {
                line(in);
                return -1;
            }
            int count = in.read(target, offset, Math.min(left, length));
            if (count < 0) {
                throw new EOFException();
            }
            left -= count;
            return count;
        }
    }

    /** As if it had been killed. */
    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : connections) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
