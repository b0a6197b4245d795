package dev.mayfly.wasi;

import dev.mayfly.disk.FileSystem;
import dev.mayfly.testsupport.BytesInput;
import dev.mayfly.testsupport.CapturedOutput;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A guest without an engine: a memory of one page, and a clock that moves only while the guest waits. */
final class FakeGuest {

    static final int MEMORY_BYTES = 65536;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    final MemorySegment memory = MemorySegment.ofArray(new byte[MEMORY_BYTES]);
    final CapturedOutput stdout;
    final CapturedOutput stderr = new CapturedOutput();
    private final WasiProcess process;

    /** The time on the monotonic clock, in nanoseconds; the wall clock is a second ahead, the processor's a second behind. */
    long now = 5_000_000_000L;

    /** When the guest must end, on the same clock. */
    long deadline = Long.MAX_VALUE;

    FakeGuest() {
        this(BytesInput.of("input"), new CapturedOutput());
    }

    FakeGuest(GuestInput stdin, CapturedOutput stdout) {
        this.stdout = stdout;
        this.process = process(stdin, stdout, Confinement.DEFAULT);
    }

    FakeGuest(Confinement confinement) {
        this.stdout = new CapturedOutput();
        this.process = process(GuestInput.empty(), stdout, confinement);
    }

    /** A guest whose standard output is not kept. */
    FakeGuest(GuestInput stdin, GuestOutput stdout) {
        this.stdout = new CapturedOutput();
        this.process = process(stdin, stdout, Confinement.DEFAULT);
    }

    private WasiProcess process(GuestInput stdin, GuestOutput output, Confinement confinement) {
        Program program = new Program(List.of("program", "ä"), Map.of("B", "2", "A", "eins"));
        return new WasiProcess(
                () -> memory,
                program,
                new StandardStreams(stdin, output, stderr),
                new Host(new FakeClocks(), new Random(1), new FakePatience()),
                confinement);
    }

    Errno call(String name, long... arguments) {
        return process.call(Preview1.call(name).orElseThrow(), arguments);
    }

    FileSystem files() {
        return process.files();
    }

    /** Closes whatever is open. */
    void closeAll() {
        for (int fd = 0; fd < DescriptorTable.MAX_OPEN; fd++) {
            try {
                process.descriptors().close(fd);
            } catch (ErrnoException e) {
                if (e.errno() != Errno.BADF) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    int getInt(long address) {
        return memory.get(INT, address);
    }

    long getLong(long address) {
        return memory.get(LONG, address);
    }

    int getByte(long address) {
        return memory.get(ValueLayout.JAVA_BYTE, address);
    }

    FakeGuest putInt(long address, long value) {
        memory.set(INT, address, (int) value);
        return this;
    }

    FakeGuest putLong(long address, long value) {
        memory.set(LONG, address, value);
        return this;
    }

    FakeGuest putText(long address, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, address, bytes.length);
        return this;
    }

    String text(long address, int length) {
        return new String(memory.asSlice(address, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    /** Lists buffers, each a pointer and a length, at an address. */
    FakeGuest vectors(long address, long... pointersAndLengths) {
        for (int i = 0; i < pointersAndLengths.length; i++) {
            putInt(address + 4L * i, pointersAndLengths[i]);
        }
        return this;
    }

    private final class FakeClocks implements Clocks {

        @Override
        public long realtime() {
            return now + 1_000_000_000;
        }

        @Override
        public long monotonic() {
            return now;
        }

        @Override
        public long cpuTime() {
            return now - 1_000_000_000;
        }
    }

    private final class FakePatience implements Patience {

        @Override
        public Duration remaining() {
            return Duration.ofNanos(Math.max(0, deadline - now));
        }

        @Override
        public void pause(Duration duration) {
            now += Math.min(duration.toNanos(), deadline - now);
        }
    }
}
