package dev.mayfly.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.mayfly.testsupport.BytesInput;
import dev.mayfly.wasm.ValueType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Preview1Test {

    private static final long[] HOSTILE = {
        0,
        1,
        2,
        3,
        4,
        8,
        47,
        1023,
        1024,
        1025,
        65_528,
        65_535,
        65_536,
        65_537,
        0x7FFF_FFFFL,
        0x8000_0000L,
        0xFFFF_FFF8L,
        0xFFFF_FFFFL
    };

    @Test
    void hasAllFunctionsOfPreview1() {
        assertThat(Preview1.calls()).hasSize(46).extracting(SystemCall::name).doesNotHaveDuplicates();
    }

    @Test
    void numbersAreThePlacesInTheTable() {
        for (int i = 0; i < Preview1.calls().size(); i++) {
            assertThat(Preview1.calls().get(i).number()).isEqualTo(i);
        }
    }

    @Test
    void knowsSignatures() {
        assertThat(Preview1.signature("fd_write")).hasToString("Optional[(i32, i32, i32, i32) -> (i32)]");
        assertThat(Preview1.signature("proc_exit")).hasToString("Optional[(i32) -> ()]");
        assertThat(Preview1.signature("path_open"))
                .hasToString("Optional[(i32, i32, i32, i32, i32, i64, i64, i32, i32) -> (i32)]");
        assertThat(Preview1.signature("fd_fly")).isEmpty();
    }

    @Test
    void noCallHasMoreParametersThanAFrameHasRoomFor() {
        assertThat(Preview1.calls())
                .allMatch(call -> call.signature().parameters().size() <= SystemCall.MAX_PARAMETERS);
    }

    @Test
    void errnoCodesAreThoseOfTheSpecification() {
        assertThat(Errno.BADF.code()).isEqualTo(8);
        assertThat(Errno.FAULT.code()).isEqualTo(21);
        assertThat(Errno.INVAL.code()).isEqualTo(28);
        assertThat(Errno.NOSYS.code()).isEqualTo(52);
        assertThat(Errno.SPIPE.code()).isEqualTo(70);
        assertThat(Errno.NOTCAPABLE.code()).isEqualTo(76);
    }

    /** Every call with every hostile value in every place, the others drawn at random: answered or ended, never thrown. */
    @Test
    void hostileArgumentsAreAnsweredOrEndTheGuest() {
        Random random = new Random(7);
        for (SystemCall call : Preview1.calls()) {
            MemorySegment garbage = garbage(random);
            for (int place = 0;
                    place < Math.max(1, call.signature().parameters().size());
                    place++) {
                for (long value : HOSTILE) {
                    for (int repeat = 0; repeat < 5; repeat++) {
                        long[] arguments = arguments(call, random);
                        arguments[place] = value;
                        callWith(call, arguments, garbage, random.nextBoolean());
                    }
                }
            }
        }
    }

    private static void callWith(SystemCall call, long[] arguments, MemorySegment garbage, boolean input) {
        GuestInput endless = (target, patience) -> {
            int count = target.remaining();
            target.position(target.limit());
            return count;
        };
        GuestOutput sink = (source, patience) -> {
            int count = source.remaining();
            source.position(source.limit());
            return count;
        };
        FakeGuest guest = new FakeGuest(input ? endless : BytesInput.of(""), sink);
        guest.deadline = guest.now + 1_000_000_000;
        guest.memory.copyFrom(garbage);
        assertThatCode(() -> {
                    try {
                        guest.call(call.name(), arguments);
                    } catch (GuestEndException e) {
                        assertThat(e.end()).isNotNull();
                    }
                })
                .as("%s %s", call, Arrays.toString(arguments))
                .doesNotThrowAnyException();
    }

    /** A 32-bit argument arrives zero-extended, a 64-bit one can be anything. */
    private static long[] arguments(SystemCall call, Random random) {
        long[] arguments = new long[SystemCall.MAX_PARAMETERS];
        for (int i = 0; i < call.signature().parameters().size(); i++) {
            long value = HOSTILE[random.nextInt(HOSTILE.length)];
            arguments[i] = call.signature().parameters().get(i) == ValueType.I64 ? -value : value;
        }
        return arguments;
    }

    /** Memory full of numbers that make bad pointers, lengths and counts. */
    private static MemorySegment garbage(Random random) {
        byte[] garbage = new byte[FakeGuest.MEMORY_BYTES];
        random.nextBytes(garbage);
        ByteBuffer numbers = ByteBuffer.wrap(garbage).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < garbage.length; i += Long.BYTES) {
            if (random.nextBoolean()) {
                numbers.putLong(i, HOSTILE[random.nextInt(HOSTILE.length)]);
            }
        }
        return MemorySegment.ofArray(garbage);
    }
}
