package dev.mayfly.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlocksTest {

    private static final int LARGEST = 100_000;

    private final Quota quota = new Quota(new FileLimits(1 << 20, 10), Storage.UNSHARED);

    /** Random writes, cuts and extensions, with and without a layer below, against an array of bytes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 300, 16_384, 50_000})
    void doesWhatAnArrayDoes(int belowSize) throws FileException {
        Random random = new Random(belowSize);
        byte[] expected = new byte[LARGEST];
        byte[] lower = new byte[belowSize];
        random.nextBytes(lower);
        System.arraycopy(lower, 0, expected, 0, belowSize);
        Blocks blocks = new Blocks(quota, new LowerBytes(1, 1, lower));
        int size = belowSize;
        for (int step = 0; step < 2_000; step++) {
            int position = random.nextInt(LARGEST);
            switch (random.nextInt(4)) {
                case 0 -> {
                    blocks.resize(position);
                    Arrays.fill(expected, Math.min(position, size), LARGEST, (byte) 0);
                    size = position;
                }
                case 1 -> {
                    int length = 1 + random.nextInt(LARGEST - position);
                    blocks.allocate(position, length);
                    size = Math.max(size, position + length);
                }
                default -> {
                    byte[] bytes = new byte[random.nextInt(Math.min(40_000, LARGEST - position))];
                    random.nextBytes(bytes);
                    blocks.write(position, ByteBuffer.wrap(bytes));
                    System.arraycopy(bytes, 0, expected, position, bytes.length);
                    size = bytes.length == 0 ? size : Math.max(size, position + bytes.length);
                }
            }
            assertThat(blocks.size()).isEqualTo(size);
            assertThat(read(blocks, 0, size)).isEqualTo(Arrays.copyOf(expected, size));
            int start = random.nextInt(size + 1);
            int end = start + random.nextInt(size - start + 1);
            assertThat(read(blocks, start, end - start)).isEqualTo(Arrays.copyOfRange(expected, start, end));
        }
        blocks.clear();
        assertThat(quota.bytes()).isZero();
    }

    @Test
    void smallFilesTakeLittle() throws FileException {
        Blocks blocks = new Blocks(quota, null);
        blocks.write(0, ByteBuffer.wrap(new byte[10]));
        assertThat(quota.bytes()).isLessThan(300);
    }

    @Test
    void holesTakeNothing() throws FileException {
        Blocks blocks = new Blocks(quota, null);
        blocks.resize(Blocks.MAX_FILE_BYTES);
        assertThat(quota.bytes()).isZero();
        assertThat(read(blocks, Blocks.MAX_FILE_BYTES - 10, 100)).isEqualTo(new byte[10]);
    }

    @Test
    void failedAllocationsTakeNothing() throws FileException {
        Blocks blocks = new Blocks(quota, null);
        blocks.write(0, ByteBuffer.wrap(new byte[10]));
        long before = quota.bytes();
        assertError(FileError.NOSPC, () -> blocks.allocate(0, 2 << 20));
        assertError(FileError.NOSPC, () -> blocks.allocate(5, (1 << 20) - 2_000));
        assertError(FileError.FBIG, () -> blocks.allocate(Long.MAX_VALUE, Long.MAX_VALUE));
        assertThat(quota.bytes()).isEqualTo(before);
        assertThat(blocks.size()).isEqualTo(10);
    }

    @Test
    void filesEndAtTheirLargestSize() {
        Blocks blocks = new Blocks(quota, null);
        assertError(FileError.FBIG, () -> blocks.write(Blocks.MAX_FILE_BYTES, ByteBuffer.wrap(new byte[1])));
        assertError(FileError.FBIG, () -> blocks.write(Long.MAX_VALUE, ByteBuffer.wrap(new byte[1])));
        assertError(FileError.FBIG, () -> blocks.resize(Blocks.MAX_FILE_BYTES + 1));
        assertError(FileError.NOSPC, () -> blocks.write(Blocks.MAX_FILE_BYTES - 1, ByteBuffer.wrap(new byte[1])));
        assertThat(quota.bytes()).isZero();
    }

    private static byte[] read(Blocks blocks, long position, int length) throws FileException {
        ByteBuffer target = ByteBuffer.allocate(length);
        int count = blocks.read(position, target);
        assertThat(Math.max(0, count)).isEqualTo(target.position());
        return Arrays.copyOf(target.array(), target.position());
    }

    private static void assertError(FileError error, org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        assertThat(catchThrowableOfType(FileException.class, action))
                .extracting(FileException::error)
                .isEqualTo(error);
    }
}
