package dev.mayfly.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mayfly.abi.MemoryMap;
import dev.mayfly.compiler.x64.CpuFeatures;
import dev.mayfly.nativeaccess.Linux;
import dev.mayfly.nativeaccess.NativeAccess;
import dev.mayfly.nativeaccess.RequiresLinux;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresLinux
class ImageFileTest {

    private static final String WAT = """
            (module
              (import "host" "ask" (func (param i32) (result i32)))
              (memory 40000 50000)
              (table 10 funcref)
              (global (mut i64) (i64.const 77))
              (elem (i32.const 3) 1 0)
              (data (i32.const 100) "near")
              (data (i32.const 0x90000000) "far away")
              (data $kept "passive")
              (func (export "f") (param i32) (result i32)
                local.get 0
                i32.load
                call 0)
              (func (export "init")
                (memory.init $kept (i32.const 0) (i32.const 0) (i32.const 7))))
            """;

    private static final int HEADER_CHECKSUM = 12;
    private static final int FIRST_SECTION = 132;
    private static final int SECTION_BYTES = 24;

    private final Path directory;
    private final Path file;

    private final Linux linux = ((NativeAccess.Available) NativeAccess.probe()).linux();
    private final TestModule module = TestModule.ofText(WAT);
    private final ImageKey key = module.key();
    private final Image built = module.image();

    ImageFileTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        file = directory.resolve("some.image");
        ImageWriter.write(built, key, file);
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws Exception {
        try (Image read = ImageReader.open(linux, file, key)) {
            for (Function<Image, Part> part :
                    List.<Function<Image, Part>>of(Image::code, Image::constants, Image::data)) {
                assertThat(part.apply(read).address())
                        .isEqualTo(part.apply(built).address());
                assertThat(bytes(part.apply(read))).isEqualTo(bytes(part.apply(built)));
            }
            assertThat(read.memory().initialBytes()).isEqualTo(40_000L << 16);
            assertThat(read.memory().maximumBytes()).isEqualTo(50_000L << 16);
            assertThat(read.entry(1)).isEqualTo(built.entry(1));
            for (long at = MemoryMap.IMAGE; at < built.code().end(); at++) {
                assertThat(read.position(at)).isEqualTo(built.position(at));
                assertThat(read.isMemoryAccess(at)).isEqualTo(built.isMemoryAccess(at));
            }
        }
    }

    @Test
    void memoryIsKeptWithoutItsZeros() throws Exception {
        assertThat(Files.size(file)).isLessThan(100_000);
        try (Image read = ImageReader.open(linux, file, key)) {
            assertThat(read.memory().contents()).hasSize(2);
            assertThat(read.memory().contents().getLast().offset()).isEqualTo(0x9000_0000L);
        }
    }

    @Test
    void aFlippedBitIsNoticedWhereverItIs() throws Exception {
        byte[] intact = Files.readAllBytes(file);
        for (int at = 0; at < intact.length; at += at < FIRST_SECTION + 300 ? 1 : 397) {
            byte[] bytes = intact.clone();
            bytes[at] ^= (byte) (1 << at % 8);
            assertRefused(bytes);
        }
    }

    @Test
    void aFileThatIsCutOffOrContinuedIsNoticed() throws Exception {
        byte[] intact = Files.readAllBytes(file);
        Stream.of(0, 1, 100, 4095, 4096, 8192, intact.length - 4096, intact.length - 1, intact.length + 1)
                .forEach(length -> assertRefused(Arrays.copyOf(intact, length)));
    }

    @Test
    void lengthsAreNotBelievedEvenWhereTheChecksumIsRight() throws Exception {
        byte[] intact = Files.readAllBytes(file);
        int sections = ByteBuffer.wrap(intact).order(ByteOrder.LITTLE_ENDIAN).getInt(FIRST_SECTION - 4);
        for (int section = 0; section < sections; section++) {
            int bytes = FIRST_SECTION + section * SECTION_BYTES + 16;
            for (long value : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40, 1L << 31, 1 << 20}) {
                assertRefused(changed(intact, header -> header.putLong(bytes, value)));
            }
        }
        for (int field = 80; field < 120; field += Long.BYTES) {
            int at = field;
            for (long value : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1, 1L << 33}) {
                assertRefused(changed(intact, header -> header.putLong(at, value)));
            }
        }
        for (int field = 120; field < FIRST_SECTION; field += Integer.BYTES) {
            int at = field;
            for (int value : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1000}) {
                assertRefused(changed(intact, header -> header.putInt(at, value)));
            }
        }
    }

    @Test
    void anImageForAnotherKeyIsRefused() {
        for (ImageKey other : List.of(
                new ImageKey("0".repeat(64), key.features(), key.tableElements()),
                new ImageKey(key.module(), CpuFeatures.BASELINE, key.tableElements()),
                new ImageKey(key.module(), key.features(), key.tableElements() + 1))) {
            assertThatExceptionOfType(DamagedImageException.class)
                    .isThrownBy(() -> ImageReader.open(linux, file, other).close());
            assertThat(other.fileName()).isNotEqualTo(key.fileName());
        }
    }

    @Test
    void anImageThatIsNotThereIsNotDamaged() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> ImageReader.open(linux, directory.resolve("none"), key));
    }

    @Test
    void refusalsLeaveNothingOpen() throws Exception {
        byte[] short1 = Arrays.copyOf(Files.readAllBytes(file), 5000);
        assertRefused(short1);
        long before = openFiles();
        for (int i = 0; i < 20; i++) {
            assertRefused(short1);
        }
        assertThat(openFiles()).isEqualTo(before);
    }

    private static byte[] changed(byte[] intact, Consumer<ByteBuffer> change) {
        byte[] bytes = intact.clone();
        ByteBuffer header = ByteBuffer.wrap(bytes, 0, ImageHeader.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        change.accept(header);
        header.putInt(HEADER_CHECKSUM, 0);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, ImageHeader.BYTES);
        header.putInt(HEADER_CHECKSUM, (int) crc.getValue());
        return bytes;
    }

    private void assertRefused(byte[] bytes) {
        Path other = directory.resolve("other.image");
        try {
            Files.write(other, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThatExceptionOfType(DamagedImageException.class)
                .isThrownBy(() -> ImageReader.open(linux, other, key).close());
    }

    private long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(link -> {
                        try {
                            return Files.readSymbolicLink(link).startsWith(directory);
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .count();
        }
    }

    private static byte[] bytes(Part part) {
        return Contents.bytes(part.contents(), part.bytes());
    }
}
