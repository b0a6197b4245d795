package dev.mayfly.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.testsupport.BytesInput;
import dev.mayfly.testsupport.CapturedOutput;
import org.junit.jupiter.api.Test;

class PollTest {

    private static final long EVENTS = 8192;
    private static final long COUNT = 8000;
    private static final int CLOCK = 0;
    private static final int FD_READ = 1;
    private static final int FD_WRITE = 2;

    private final FakeGuest guest = new FakeGuest();
    private int subscriptions;

    @Test
    void relativeTimerWaitsItsTime() {
        long start = guest.now;
        timer(11, 1, 2_000_000_000L, 0);
        assertThat(poll()).isEqualTo(1);
        assertThat(guest.now - start).isEqualTo(2_000_000_000L);
        assertEvent(0, 11, Errno.SUCCESS, CLOCK);
    }

    @Test
    void absoluteTimerWaitsForItsClock() {
        timer(11, 0, guest.now + 1_000_000_000 + 500, 1);
        long start = guest.now;
        assertThat(poll()).isEqualTo(1);
        assertThat(guest.now - start).isEqualTo(500);
    }

    @Test
    void momentsThatHavePassedDoNotWait() {
        timer(11, 1, 0, 0);
        timer(12, 1, 1, 1);
        long start = guest.now;
        assertThat(poll()).isEqualTo(2);
        assertThat(guest.now).isEqualTo(start);
    }

    @Test
    void theSoonestTimerIsReportedAlone() {
        timer(11, 1, 2_000, 0);
        timer(12, 1, 1_000, 0);
        assertThat(poll()).isEqualTo(1);
        assertEvent(0, 12, Errno.SUCCESS, CLOCK);
    }

    @Test
    void timersBeyondAnyTimeWaitForTheDeadline() {
        timer(11, 1, -1, 0);
        guest.deadline = guest.now + 1_000;
        assertThatThrownBy(this::poll).isInstanceOf(GuestEndException.class);
    }

    @Test
    void unknownClocksAndFlagsAreReportedAsEvents() {
        timer(11, 9, 1, 0);
        timer(12, 1, 1, 2);
        timer(13, 2, 1, 0);
        assertThat(poll()).isEqualTo(3);
        assertEvent(0, 11, Errno.INVAL, CLOCK);
        assertEvent(1, 12, Errno.INVAL, CLOCK);
        assertEvent(2, 13, Errno.INVAL, CLOCK);
    }

    @Test
    void streamsAreReadyWithoutWaiting() {
        descriptor(21, FD_READ, 0);
        descriptor(22, FD_WRITE, 1);
        timer(23, 1, 1_000, 0);
        long start = guest.now;
        assertThat(poll()).isEqualTo(2);
        assertThat(guest.now).isEqualTo(start);
        assertEvent(0, 21, Errno.SUCCESS, FD_READ);
        assertThat(guest.getLong(EVENTS + 16)).isEqualTo("input".length());
        assertThat(guest.getByte(EVENTS + 24)).isZero();
        assertEvent(1, 22, Errno.SUCCESS, FD_WRITE);
    }

    @Test
    void theEndOfInputIsAHangup() {
        FakeGuest empty = new FakeGuest(BytesInput.of(""), new CapturedOutput());
        empty.putLong(0, 5).putInt(8, FD_READ).putInt(16, 0);
        assertThat(empty.call("poll_oneoff", 0, EVENTS, 1, COUNT)).isEqualTo(Errno.SUCCESS);
        assertThat(empty.getLong(EVENTS + 16)).isZero();
        assertThat(empty.getByte(EVENTS + 24)).isEqualTo(1);
    }

    @Test
    void badDescriptorsAreReportedAsEvents() {
        descriptor(21, FD_READ, 9);
        descriptor(22, FD_WRITE, 0);
        descriptor(23, FD_READ, 1);
        assertThat(poll()).isEqualTo(3);
        assertEvent(0, 21, Errno.BADF, FD_READ);
        assertEvent(1, 22, Errno.BADF, FD_WRITE);
        assertEvent(2, 23, Errno.BADF, FD_READ);
    }

    @Test
    void silentInputGivesWayToTheTimer() {
        FakeGuest[] waiting = new FakeGuest[1];
        GuestInput silent = (target, patience) -> {
            waiting[0].now += patience.toNanos();
            return 0;
        };
        FakeGuest patient = new FakeGuest(silent, new CapturedOutput());
        waiting[0] = patient;
        patient.putLong(0, 5).putInt(8, FD_READ).putInt(16, 0);
        patient.putLong(48, 6).putInt(56, CLOCK).putInt(64, 1).putLong(72, 50_000_000);
        assertThat(patient.call("poll_oneoff", 0, EVENTS, 2, COUNT)).isEqualTo(Errno.SUCCESS);
        assertThat(patient.getInt(COUNT)).isEqualTo(1);
        assertThat(patient.getLong(EVENTS)).isEqualTo(6);
        assertThat(patient.now).isEqualTo(5_050_000_000L);
    }

    @Test
    void refusesNothingTooMuchAndWhatItDoesNotKnow() {
        assertThat(guest.call("poll_oneoff", 0, EVENTS, 0, COUNT)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("poll_oneoff", 0, EVENTS, 1025, COUNT)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("poll_oneoff", 0, EVENTS, 0xFFFF_FFFFL, COUNT)).isEqualTo(Errno.INVAL);
        descriptor(1, 3, 0);
        assertThat(guest.call("poll_oneoff", 0, EVENTS, 1, COUNT)).isEqualTo(Errno.INVAL);
    }

    @Test
    void faultsBeforeItWaits() {
        timer(11, 1, 1_000, 0);
        long start = guest.now;
        assertThat(guest.call("poll_oneoff", 65_500, EVENTS, 1, COUNT)).isEqualTo(Errno.FAULT);
        assertThat(guest.call("poll_oneoff", 0, 65_510, 1, COUNT)).isEqualTo(Errno.FAULT);
        assertThat(guest.call("poll_oneoff", 0, EVENTS, 1, 65_533)).isEqualTo(Errno.FAULT);
        assertThat(guest.now).isEqualTo(start);
    }

    private void timer(long userdata, int clock, long timeout, int flags) {
        long address = subscriptions++ * 48L;
        guest.putLong(address, userdata).putInt(address + 8, CLOCK).putInt(address + 16, clock);
        guest.putLong(address + 24, timeout).putInt(address + 40, flags);
    }

    private void descriptor(long userdata, int type, int fd) {
        long address = subscriptions++ * 48L;
        guest.putLong(address, userdata).putInt(address + 8, type).putInt(address + 16, fd);
    }

    private int poll() {
        assertThat(guest.call("poll_oneoff", 0, EVENTS, subscriptions, COUNT)).isEqualTo(Errno.SUCCESS);
        return guest.getInt(COUNT);
    }

    private void assertEvent(int index, long userdata, Errno errno, int type) {
        long address = EVENTS + 32L * index;
        assertThat(guest.getLong(address)).isEqualTo(userdata);
        assertThat(guest.getInt(address + 8) & 0xFFFF).isEqualTo(errno.code());
        assertThat(guest.getByte(address + 10)).isEqualTo(type);
    }
}
