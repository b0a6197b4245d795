package dev.mayfly.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mayfly.archives.ArchiveState;
import dev.mayfly.archives.ArchiveSummary;
import dev.mayfly.invocations.InvocationResult;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.sandbox.TrapKind;
import dev.mayfly.sandbox.WasmValue;
import dev.mayfly.scheduling.Job;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {

    private static final WorkerLoad LOAD = new WorkerLoad(8, 3, 1, false);

    static Stream<InvocationResult> results() {
        return Stream.concat(
                Stream.of(
                        new InvocationResult.NotRun(Job.Drop.SHUTDOWN),
                        new InvocationResult.Stopped(Interruption.Reason.CANCELLED),
                        new InvocationResult.ArgumentsRefused("Argument 1 is no i32."),
                        new InvocationResult.ModuleRefused("At byte 7: no."),
                        new InvocationResult.Failed()),
                outcomes().map(FrameCodecTest::ran));
    }

    private static Stream<Outcome> outcomes() {
        return Stream.of(
                new Outcome.Exited(0),
                new Outcome.Exited(-7),
                new Outcome.Returned(List.of(
                        new WasmValue.I32(-1),
                        new WasmValue.I64(Long.MIN_VALUE),
                        new WasmValue.F32(Float.NaN),
                        new WasmValue.F64(-0.0))),
                new Outcome.Trapped(
                        TrapKind.UNREACHABLE,
                        List.of(
                                new dev.mayfly.sandbox.Frame(1, Optional.of("maïn"), OptionalLong.of(77)),
                                new dev.mayfly.sandbox.Frame(2, Optional.empty(), OptionalLong.empty()))),
                new Outcome.Interrupted(Interruption.Reason.CPU_TIME),
                new Outcome.LimitExceeded(Outcome.Limit.OUTPUT_BYTES),
                new Outcome.CallDenied("path_open"));
    }

    private static InvocationResult ran(Outcome outcome) {
        Execution execution =
                new Execution(outcome, Duration.ofNanos(1), Duration.ofNanos(2), Duration.ofNanos(3), 65536);
        return new InvocationResult.Ran(
                execution, new InvocationResult.Timing(Duration.ofNanos(4), Duration.ofNanos(5), Duration.ofNanos(2)));
    }

    static Frame.Result result(InvocationResult result) {
        return new Frame.Result(result, 12, "oh – no", LOAD);
    }

    @ParameterizedTest
    @MethodSource("results")
    void aResultArrivesAsItWasSent(InvocationResult result) throws IOException {
        assertThat(reader(bytes(result(result))).read()).isEqualTo(result(result));
    }

    @Test
    void anAnswerArrivesFrameByFrame() throws IOException {
        Frame.Result result = result(new InvocationResult.Failed());
        FrameReader reader = reader(
                bytes(new Frame.Loaded("wasmtime", true), new Frame.Started(), output("a"), output("bc"), result));

        assertThat(reader.read()).isEqualTo(new Frame.Loaded("wasmtime", true));
        assertThat(reader.read()).isEqualTo(new Frame.Started());
        assertThat(reader.read()).isEqualTo(output("a"));
        assertThat(reader.read()).isEqualTo(output("bc"));
        assertThat(reader.read()).isEqualTo(result);
    }

    static Stream<ArchiveSummary> archives() {
        return Stream.of(
                new ArchiveSummary(ArchiveState.KEPT, 1L << 40, 7, null),
                ArchiveSummary.without(ArchiveState.UNCHANGED),
                ArchiveSummary.without(ArchiveState.TOO_LARGE));
    }

    @ParameterizedTest
    @MethodSource("archives")
    void whatBecameOfAnArchiveArrivesBehindIt(ArchiveSummary archive) throws IOException {
        Frame.Result result = new Frame.Result(ran(new Outcome.Exited(0)), 0, "", LOAD, archive);
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2});
        List<Frame> frames = readAll(bytes(
                new Frame.Loaded("x", true),
                new Frame.Started(),
                output("a"),
                new Frame.Settling(),
                new Frame.Archive(bytes),
                new Frame.Archive(bytes),
                result));
        assertThat(frames).endsWith(new Frame.Settling(), new Frame.Archive(bytes), new Frame.Archive(bytes), result);
    }

    @Test
    void aStateOfAnArchiveOfALaterVersionIsAFailure() throws IOException {
        Frame.Result result = new Frame.Result(
                ran(new Outcome.Exited(0)), 0, "", LOAD, ArchiveSummary.without(ArchiveState.UNCHANGED));
        assertThat(reader(replace(result, "unchanged", "new-state")).read())
                .isEqualTo(new Frame.Result(
                        ran(new Outcome.Exited(0)), 0, "", LOAD, ArchiveSummary.without(ArchiveState.FAILED)));
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(
                        () -> reader(replace(result, "unchanged", "expired")).read());
    }

    @Test
    void aLongOutputComesInSeveralFrames() throws IOException {
        byte[] large = new byte[FrameKind.MOST_BYTES + 1];
        FrameReader reader = reader(
                bytes(new Frame.Loaded("x", false), new Frame.Started(), new Frame.Output(ByteBuffer.wrap(large))));
        reader.read();
        reader.read();

        assertThat(reader.read()).isEqualTo(new Frame.Output(ByteBuffer.allocate(FrameKind.MOST_BYTES)));
        assertThat(reader.read()).isEqualTo(new Frame.Output(ByteBuffer.allocate(1)));
    }

    @Test
    void theLargestResultFitsInAFrame() throws IOException {
        List<dev.mayfly.sandbox.Frame> deep = IntStream.range(0, 1000)
                .mapToObj(i -> new dev.mayfly.sandbox.Frame(
                        Integer.MAX_VALUE, Optional.of("\u0001".repeat(5000)), OptionalLong.of(Long.MAX_VALUE)))
                .collect(Collectors.toList());
        Frame.Result large =
                new Frame.Result(ran(new Outcome.Trapped(TrapKind.UNKNOWN, deep)), 1, "\u0001".repeat(1_000_000), LOAD);

        assertThat(reader(bytes(large)).read()).isInstanceOf(Frame.Result.class);
    }

    @Test
    void aTextIsNotCutWithinACharacter() throws IOException {
        String stderr = "\uD83D\uDC1D".repeat(50_001) + "x";

        assertThat(reader(bytes(new Frame.Result(new InvocationResult.Failed(), 0, stderr, LOAD)))
                        .read())
                .isEqualTo(
                        new Frame.Result(new InvocationResult.Failed(), 0, "\uD83D\uDC1D".repeat(49_999) + "x", LOAD));
    }

    @Test
    void aKindOfALaterVersionIsSkipped() throws IOException {
        byte[] unknown = {99, 0, 0, 0, 2, 1, 1};
        Frame.Result result = result(new InvocationResult.Failed());

        assertThat(reader(concat(unknown, bytes(result))).read()).isEqualTo(result);
    }

    @Test
    void aTrapOfALaterVersionIsUnknown() throws IOException {
        byte[] changed = replace(
                result(ran(new Outcome.Trapped(TrapKind.UNREACHABLE, List.of()))), "unreachable", "newkindword");

        assertThat(reader(changed).read()).isEqualTo(result(ran(new Outcome.Trapped(TrapKind.UNKNOWN, List.of()))));
    }

    @Test
    void whatEndsWithoutAResultIsAnEarlyEnd() {
        byte[] whole = bytes(
                new Frame.Loaded("x", false), new Frame.Started(), output("abc"), result(ran(new Outcome.Exited(0))));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> readAll(cut))
                    .isInstanceOfAny(EOFException.class, ProtocolException.class);
        }
    }

    @Test
    void framesOutOfTheirPlaceAreRefused() {
        Frame loaded = new Frame.Loaded("x", false);
        Frame started = new Frame.Started();
        for (List<Frame> wrong : List.<List<Frame>>of(
                List.of(output("a")),
                List.of(started),
                List.of(loaded, loaded),
                List.of(loaded, output("a")),
                List.of(loaded, started, started),
                List.of(loaded, started, output("a"), loaded),
                List.of(loaded, new Frame.Settling()),
                List.of(loaded, started, new Frame.Archive(ByteBuffer.allocate(1))),
                List.of(loaded, started, new Frame.Settling(), output("a")))) {
            assertThatExceptionOfType(ProtocolException.class)
                    .as("%s", wrong)
                    .isThrownBy(() -> readAll(bytes(wrong.toArray(Frame[]::new))));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, FrameKind.MOST_BYTES + 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aFrameOfImpossibleLengthIsRefusedBeforeItIsRead(int length) {
        byte[] head = ByteBuffer.allocate(5).put((byte) 3).putInt(length).array();

        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> reader(head).read());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"run\":2 > \"run\":-2",
                "65536 > -6553",
                "\"exited\" > \"vanish\"",
                "\"ran\", > \"rat\",",
                "\"slots\":8 > \"slots\":0",
                "\"load\":{ > \"lood\":{",
                "\"stderr\" > \"stdout\"",
                "\"outcome\" > \"outcame\""
            })
    void refusesWhatIsNoResult(String change) {
        String[] parts = change.split(" > ", 2);
        byte[] damaged = replace(result(ran(new Outcome.Exited(0))), parts[0], parts[1]);

        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> reader(damaged).read());
    }

    @Test
    void nobodySaysThatHeIsLost() {
        assertThatIllegalArgumentException().isThrownBy(() -> bytes(result(new InvocationResult.Lost())));
    }

    private static Frame.Output output(String text) {
        return new Frame.Output(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static FrameReader reader(byte[] bytes) {
        return new FrameReader(new ByteArrayInputStream(bytes));
    }

    static List<Frame> readAll(byte[] bytes) throws IOException {
        FrameReader reader = reader(bytes);
        List<Frame> frames = new ArrayList<>();
        do {
            frames.add(reader.read());
        } while (!(frames.getLast() instanceof Frame.Result));
        return frames;
    }

    static byte[] bytes(Frame... frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(out);
        try {
            for (Frame frame : frames) {
                writer.write(frame);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Changes a frame's document to one of the same length. */
    private static byte[] replace(Frame.Result frame, String what, String by) {
        String text = new String(bytes(frame), StandardCharsets.ISO_8859_1);
        assertThat(text).contains(what);
        String changed = text.replaceFirst(Pattern.quote(what), by);
        byte[] bytes = changed.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer.wrap(bytes).putInt(1, bytes.length - 5);
        return bytes;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
