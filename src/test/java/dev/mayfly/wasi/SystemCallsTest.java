package dev.mayfly.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mayfly.testsupport.BytesInput;
import dev.mayfly.testsupport.CapturedOutput;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemCallsTest {

    private static final long END = FakeGuest.MEMORY_BYTES;

    private final FakeGuest guest = new FakeGuest();

    @Test
    void argumentsAreWrittenWithPointersToThem() {
        assertThat(guest.call("args_sizes_get", 0, 4)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getInt(0)).isEqualTo(2);
        assertThat(guest.getInt(4)).isEqualTo("program".length() + 1 + 2 + 1);
        assertThat(guest.call("args_get", 16, 100)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getInt(16)).isEqualTo(100);
        assertThat(guest.getInt(20)).isEqualTo(108);
        assertThat(guest.text(100, 11)).isEqualTo("program\0ä\0");
    }

    @Test
    void environmentIsSortedByName() {
        assertThat(guest.call("environ_sizes_get", 0, 4)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getInt(0)).isEqualTo(2);
        assertThat(guest.call("environ_get", 16, 100)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text(100, guest.getInt(4))).isEqualTo("A=eins\0B=2\0");
    }

    @Test
    void programsWithAmbiguousStringsCannotBeMade() {
        assertThatThrownBy(() -> new Program(List.of("a\0b"), Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Program(List.of(), Map.of("a=b", "c")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Program(List.of(), Map.of("", "c"))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 6000000000", "1, 5000000000", "2, 4000000000", "3, 4000000000"})
    void clocksTellTheirTime(int clock, long time) {
        assertThat(guest.call("clock_time_get", clock, 1, 8)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getLong(8)).isEqualTo(time);
        assertThat(guest.call("clock_res_get", clock, 16)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getLong(16)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 0xFFFF_FFFFL})
    void unknownClocksAreInvalid(long clock) {
        assertThat(guest.call("clock_time_get", clock, 0, 8)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("clock_res_get", clock, 8)).isEqualTo(Errno.INVAL);
    }

    @Test
    void randomFillsExactlyTheBuffer() {
        assertThat(guest.call("random_get", 100, 10_000)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getByte(99)).isZero();
        assertThat(guest.getByte(10_100)).isZero();
        long zeros = LongStream.range(100, 10_100)
                .filter(address -> guest.getByte(address) == 0)
                .count();
        assertThat(zeros).isLessThan(100);
    }

    @Test
    void readFillsBuffersInTurnAndReportsTheEnd() {
        guest.vectors(0, 100, 2, 200, 0, 300, 10);
        assertThat(guest.call("fd_read", 0, 0, 3, 64)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getInt(64)).isEqualTo(5);
        assertThat(guest.text(100, 2) + guest.text(300, 3)).isEqualTo("input");
        assertThat(guest.call("fd_read", 0, 0, 3, 64)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getInt(64)).isZero();
    }

    @Test
    void aBufferOverTheListOfBuffersChangesNoneOfThem() {
        guest.vectors(0, 8, 2, 300, 10);
        assertThat(guest.call("fd_read", 0, 0, 2, 64)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getInt(64)).isEqualTo(5);
        assertThat(guest.text(8, 2) + guest.text(300, 3)).isEqualTo("input");
    }

    @Test
    void writeTakesBuffersInTurn() {
        guest.putText(100, "hello world").vectors(0, 100, 6, 0, 0, 106, 5);
        assertThat(guest.call("fd_write", 1, 0, 3, 64)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getInt(64)).isEqualTo(11);
        assertThat(guest.stdout.text()).isEqualTo("hello world");
        assertThat(guest.call("fd_write", 2, 0, 1, 64)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.stderr.text()).isEqualTo("hello ");
    }

    @Test
    void aBadBufferBehindGoodOnesIsLeftForTheNextCall() {
        guest.putText(100, "ok").vectors(0, 100, 2, END, 1);
        assertThat(guest.call("fd_write", 1, 0, 2, 64)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getInt(64)).isEqualTo(2);
        assertThat(guest.call("fd_write", 1, 8, 1, 64)).isEqualTo(Errno.FAULT);
    }

    @Test
    void nothingIsWrittenIfTheCountCannotBeReported() {
        guest.putText(100, "ok").vectors(0, 100, 2);
        assertThat(guest.call("fd_write", 1, 0, 1, END - 3)).isEqualTo(Errno.FAULT);
        assertThat(guest.stdout.bytes()).isEmpty();
    }

    @Test
    void manyBuffersAreRefusedWithoutLookingAtThem() {
        assertThat(guest.call("fd_write", 1, 0, 1025, 64)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_write", 1, 0, 0xFFFF_FFFFL, 64)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_read", 0, END - 8, 2, 64)).isEqualTo(Errno.FAULT);
    }

    @Test
    void readingOutputAndWritingInputAreBad() {
        assertThat(guest.call("fd_read", 1, 0, 0, 64)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_write", 0, 0, 0, 64)).isEqualTo(Errno.BADF);
    }

    @Test
    void brokenStreamsAreReported() {
        GuestInput broken = (target, patience) -> {
            throw new IOException("broken");
        };
        GuestOutput closed = (source, patience) -> {
            throw new IOException("closed");
        };
        FakeGuest unlucky = new FakeGuest(broken, closed).vectors(0, 100, 2);
        assertThat(unlucky.call("fd_read", 0, 0, 1, 64)).isEqualTo(Errno.IO);
        assertThat(unlucky.call("fd_write", 1, 0, 1, 64)).isEqualTo(Errno.PIPE);
    }

    @Test
    void tooMuchOutputEndsTheGuest() {
        FakeGuest chatty = new FakeGuest(GuestInput.empty(), new CapturedOutput(3));
        chatty.vectors(0, 100, 2, 100, 2);
        GuestEndException end =
                catchThrowableOfType(GuestEndException.class, () -> chatty.call("fd_write", 1, 0, 2, 64));
        assertThat(end.end()).isInstanceOf(GuestEndException.End.OutputLimit.class);
        assertThat(chatty.stdout.bytes()).hasSize(2);
    }

    @Test
    void nonBlockingReadSaysWhenNothingIsThere() {
        FakeGuest impatient = new FakeGuest((target, patience) -> 0, new CapturedOutput()).vectors(0, 100, 2);
        assertThat(impatient.call("fd_fdstat_set_flags", 0, FdFlags.NONBLOCK)).isEqualTo(Errno.SUCCESS);
        assertThat(impatient.call("fd_read", 0, 0, 1, 64)).isEqualTo(Errno.AGAIN);
    }

    @Test
    void nonBlockingWriteTakesWhatFits() {
        GuestOutput oneByte = (source, patience) -> {
            if (source.get(source.position()) == '!') {
                return 0;
            }
            source.get();
            return 1;
        };
        FakeGuest impatient =
                new FakeGuest(GuestInput.empty(), oneByte).putText(100, "a!").vectors(0, 100, 2);
        assertThat(impatient.call("fd_fdstat_set_flags", 1, FdFlags.NONBLOCK)).isEqualTo(Errno.SUCCESS);
        assertThat(impatient.call("fd_write", 1, 0, 1, 64)).isEqualTo(Errno.SUCCESS);
        assertThat(impatient.getInt(64)).isEqualTo(1);
        impatient.vectors(0, 101, 1);
        assertThat(impatient.call("fd_write", 1, 0, 1, 64)).isEqualTo(Errno.AGAIN);
    }

    @Test
    void streamsDescribeThemselves() {
        assertThat(guest.call("fd_fdstat_get", 0, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getByte(0)).isEqualTo(FileType.UNKNOWN.code());
        assertThat(guest.getLong(8)).isEqualTo(Rights.INPUT_STREAM);
        assertThat(guest.getLong(16)).isZero();
        assertThat(guest.call("fd_fdstat_get", 1, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getLong(8)).isEqualTo(Rights.OUTPUT_STREAM);
        assertThat(guest.call("fd_filestat_get", 2, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getLong(8)).isEqualTo(2);
        assertThat(guest.getLong(24)).isEqualTo(1);
        assertThat(guest.getLong(32)).isZero();
    }

    @Test
    void rightsCanOnlyBeGivenUp() {
        assertThat(guest.call("fd_fdstat_set_rights", 0, -1, 0)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.call("fd_fdstat_set_rights", 0, Rights.POLL_FD_READWRITE, 0))
                .isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_read", 0, 0, 0, 64)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.call("fd_fdstat_set_flags", 0, FdFlags.NONBLOCK)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.call("fd_filestat_get", 0, 0)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.call("fd_fdstat_set_rights", 0, Rights.FD_READ, 0)).isEqualTo(Errno.NOTCAPABLE);
    }

    @Test
    void unknownFlagsAreInvalid() {
        assertThat(guest.call("fd_fdstat_set_flags", 0, 32)).isEqualTo(Errno.INVAL);
    }

    @Test
    void closedDescriptorsAreBad() {
        assertThat(guest.call("fd_close", 1)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_close", 1)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_write", 1, 0, 0, 64)).isEqualTo(Errno.BADF);
    }

    @Test
    void renumberMovesADescriptor() {
        assertThat(guest.call("fd_renumber", 2, 1)).isEqualTo(Errno.SUCCESS);
        guest.putText(100, "x").vectors(0, 100, 1);
        assertThat(guest.call("fd_write", 1, 0, 1, 64)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.stderr.text()).isEqualTo("x");
        assertThat(guest.call("fd_write", 2, 0, 1, 64)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_renumber", 1, 1)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_renumber", 1, 7)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_renumber", 7, 1)).isEqualTo(Errno.BADF);
    }

    @ParameterizedTest
    @CsvSource({
        "fd_seek, SPIPE",
        "fd_tell, SPIPE",
        "fd_pread, SPIPE",
        "fd_pwrite, SPIPE",
        "fd_advise, SPIPE",
        "fd_allocate, SPIPE",
        "fd_sync, INVAL",
        "fd_datasync, INVAL",
        "fd_filestat_set_size, INVAL",
        "fd_filestat_set_times, INVAL",
        "fd_readdir, NOTDIR",
        "fd_prestat_get, BADF",
        "fd_prestat_dir_name, BADF",
        "path_create_directory, NOTDIR",
        "path_filestat_get, NOTDIR",
        "path_filestat_set_times, NOTDIR",
        "path_link, NOTDIR",
        "path_open, NOTDIR",
        "path_readlink, NOTDIR",
        "path_remove_directory, NOTDIR",
        "path_rename, NOTDIR",
        "path_symlink, NOTDIR",
        "path_unlink_file, NOTDIR",
        "sock_accept, NOTSOCK",
        "sock_recv, NOTSOCK",
        "sock_send, NOTSOCK",
        "sock_shutdown, NOTSOCK"
    })
    void streamsAreNothingElse(String call, Errno onStream) {
        assertThat(guest.call(call, 0, 0, 0, 0, 0, 0, 0, 0, 0)).isEqualTo(onStream);
        assertThat(guest.call(call, 4, 0, 4, 0, 0, 0, 0, 0, 0)).isEqualTo(Errno.BADF);
        assertThat(guest.call(call, 0xFFFF_FFFFL, 0, 0xFFFF_FFFFL, 0, 0, 0, 0, 0, 0))
                .isEqualTo(Errno.BADF);
    }

    @ParameterizedTest
    @CsvSource({
        "args_get, 65535, 0",
        "args_get, 0, 65535",
        "args_sizes_get, 65533, 0",
        "args_sizes_get, 0, 65536",
        "environ_get, 65536, 0",
        "environ_get, 0, 65535",
        "environ_sizes_get, 4294967295, 0",
        "environ_sizes_get, 0, 4294967292",
        "clock_res_get, 0, 65529",
        "fd_fdstat_get, 1, 65513",
        "fd_filestat_get, 1, 65473",
        "random_get, 65536, 1",
        "random_get, 0, 65537",
        "random_get, 4294967295, 4294967295"
    })
    void pointersBeyondTheMemoryFault(String call, long first, long second) {
        assertThat(guest.call(call, first, second)).isEqualTo(Errno.FAULT);
    }

    @Test
    void accessesAtTheVeryEndOfTheMemoryAreFine() {
        assertThat(guest.call("clock_time_get", 0, 0, END - 8)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("random_get", END, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("random_get", END - 1, 1)).isEqualTo(Errno.SUCCESS);
    }

    @Test
    void exitAndSignalsEndTheGuestWithACode() {
        assertThat(exitCode("proc_exit", 7)).isEqualTo(7);
        assertThat(exitCode("proc_exit", 0xFFFF_FFFFL)).isEqualTo(-1);
        assertThat(exitCode("proc_raise", 6)).isEqualTo(134);
        assertThat(guest.call("proc_raise", 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("proc_raise", 31)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("sched_yield")).isEqualTo(Errno.SUCCESS);
    }

    @Test
    void noCallReturnsAfterTheDeadline() {
        guest.deadline = guest.now;
        for (SystemCall call : Preview1.calls()) {
            GuestEndException end = catchThrowableOfType(
                    GuestEndException.class, () -> guest.call(call.name(), new long[SystemCall.MAX_PARAMETERS]));
            assertThat(end.end()).isInstanceOf(GuestEndException.End.Interrupted.class);
        }
    }

    @Test
    void readWaitsUntilTheDeadline() {
        FakeGuest[] waiting = new FakeGuest[1];
        GuestInput silent = (target, patience) -> {
            waiting[0].now += patience.toNanos();
            return 0;
        };
        waiting[0] = new FakeGuest(silent, new CapturedOutput()).vectors(0, 100, 1);
        waiting[0].deadline = waiting[0].now + 1_000_000_000;
        assertThatThrownBy(() -> waiting[0].call("fd_read", 0, 0, 1, 64)).isInstanceOf(GuestEndException.class);
        assertThat(waiting[0].now).isEqualTo(waiting[0].deadline);
    }

    private int exitCode(String call, long argument) {
        GuestEndException end = catchThrowableOfType(GuestEndException.class, () -> guest.call(call, argument));
        return ((GuestEndException.End.Exit) end.end()).code();
    }

    @Test
    void inputThatWasPolledIsReadAfterwards() {
        FakeGuest polling = new FakeGuest(BytesInput.of("abc"), new CapturedOutput());
        polling.memory.set(ValueLayout.JAVA_BYTE, 8, (byte) 1);
        assertThat(polling.call("poll_oneoff", 0, 1000, 1, 64)).isEqualTo(Errno.SUCCESS);
        assertThat(polling.getLong(1000 + 16)).isEqualTo(3);
        polling.vectors(200, 300, 2);
        assertThat(polling.call("fd_read", 0, 200, 1, 64)).isEqualTo(Errno.SUCCESS);
        assertThat(polling.text(300, 2)).isEqualTo("ab");
        assertThat(polling.call("fd_read", 0, 200, 1, 64)).isEqualTo(Errno.SUCCESS);
        assertThat(polling.getInt(64)).isEqualTo(1);
        assertThat(polling.call("fd_read", 0, 200, 1, 64)).isEqualTo(Errno.SUCCESS);
        assertThat(polling.getInt(64)).isZero();
    }
}
