package dev.mayfly.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mayfly.abi.TrapCode;
import dev.mayfly.compiler.x64.CpuFeatures;
import dev.mayfly.nativeaccess.Linux;
import dev.mayfly.nativeaccess.NativeAccess;
import dev.mayfly.nativeaccess.RequiresLinux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresLinux
class ImageStoreTest {

    private static final long MUCH = 1L << 30;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Path directory;

    private final Linux linux = ((NativeAccess.Available) NativeAccess.probe()).linux();
    private final TestModule module = TestModule.ofText("(module (memory 1) (data (i32.const 0) \"x\"))");

    ImageStoreTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void anImageIsBuiltOnceAndFoundByTheNextStore() throws Exception {
        ImageStore store = store(MUCH, 0);
        store.get(key(1), module::image).close();
        store.get(key(1), ImageStoreTest::mustNotBuild).close();
        assertThat(store.statistics()).isEqualTo(new ImageStore.Statistics(1, 1, 0));
        ImageStore afterRestart = store(MUCH, 0);
        afterRestart.get(key(1), ImageStoreTest::mustNotBuild).close();
        assertThat(afterRestart.statistics()).isEqualTo(new ImageStore.Statistics(1, 0, 0));
    }

    @Test
    void callersOfOneKeyWaitForTheOneThatBuilds() throws Exception {
        ImageStore store = store(MUCH, 0);
        CountDownLatch building = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Future<Image>> images = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                images.add(executor.submit(() -> store.get(key(1), () -> {
                    building.countDown();
                    others.await();
                    return module.image();
                })));
            }
            building.await();
            // Another key is not held up.
            store.get(key(2), module::image).close();
            others.countDown();
            for (Future<Image> image : images) {
                image.get().close();
            }
        }
        assertThat(store.statistics()).isEqualTo(new ImageStore.Statistics(3, 2, 0));
    }

    @Test
    void aDamagedFileIsReplaced() throws Exception {
        ImageStore store = store(MUCH, 0);
        store.get(key(1), module::image).close();
        Path file = files(".image").getFirst();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        store.get(key(1), module::image).close();
        store.get(key(1), ImageStoreTest::mustNotBuild).close();
        assertThat(store.statistics()).isEqualTo(new ImageStore.Statistics(1, 2, 1));
    }

    @Test
    void theImageThatWasNotUsedForLongestMakesRoom() throws Exception {
        long bytes = sizeOfOne();
        store(2 * bytes, 0).get(key(1), module::image).close();
        store(2 * bytes, 1).get(key(2), module::image).close();
        store(2 * bytes, 2).get(key(1), ImageStoreTest::mustNotBuild).close();
        store(2 * bytes, 3).get(key(3), module::image).close();
        assertThat(files(".image")).hasSize(2);
        store(2 * bytes, 4).get(key(1), ImageStoreTest::mustNotBuild).close();
        store(2 * bytes, 5).get(key(3), ImageStoreTest::mustNotBuild).close();
    }

    @Test
    void anImageThatWasDeletedStaysUsableToThoseWhoHaveIt() throws Exception {
        ImageStore store = store(MUCH, 0);
        store.get(key(1), module::image).close();
        try (Image image = store.get(key(1), ImageStoreTest::mustNotBuild)) {
            Files.delete(files(".image").getFirst());
            assertThat(Contents.bytes(image.memory().contents(), 1 << 16)).startsWith((byte) 'x');
        }
    }

    @Test
    void whatIsLargerThanTheBudgetIsNotKeptAndStillUsable() throws Exception {
        ImageStore store = store(100, 0);
        try (Image image = store.get(key(1), module::image)) {
            assertThat(image.memory().initialBytes()).isEqualTo(1 << 16);
        }
        assertThat(files("")).isEmpty();
    }

    @Test
    void anImageThatCannotBeWrittenIsStillUsable() throws Exception {
        ImageStore store = store(MUCH, 0);
        Files.delete(directory);
        try (Image image = store.get(key(1), module::image)) {
            assertThat(image.memory().initialBytes()).isEqualTo(1 << 16);
        }
    }

    @Test
    void aBuildThatFailsLeavesNothingAndCanBeTriedAgain() throws Exception {
        ImageStore store = store(MUCH, 0);
        TestModule trapping = TestModule.ofText("(module (memory 1) (data (i32.const 65536) \"x\"))");
        assertThatExceptionOfType(InstantiationTrapException.class)
                .isThrownBy(() -> store.get(key(1), () -> trapping.build(trapping.compile(), TestModule.LIMITS)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(TrapCode.MEMORY_OUT_OF_BOUNDS));
        assertThat(files("")).isEmpty();
        store.get(key(1), module::image).close();
        assertThat(store.statistics().built()).isEqualTo(1);
    }

    @Test
    void whatACrashLeftBehindIsDeletedAndWhatIsBeingWrittenIsNot() throws Exception {
        Path abandoned = Files.createFile(directory.resolve("a.part"));
        Files.setLastModifiedTime(abandoned, FileTime.from(START));
        Path fresh = Files.createFile(directory.resolve("b.part"));
        Files.setLastModifiedTime(fresh, FileTime.from(START.plus(Duration.ofHours(2))));
        store(MUCH, Duration.ofHours(2).toSeconds());
        assertThat(abandoned).doesNotExist();
        assertThat(fresh).exists();
    }

    @Test
    void digestsAreCheckedBeforeTheyBecomeFileNames() {
        for (String digest : List.of("", "../x", "A".repeat(64), "0".repeat(63), "0".repeat(64) + "/")) {
            assertThatIllegalArgumentException().isThrownBy(() -> new ImageKey(digest, CpuFeatures.V3, 1));
        }
    }

    private ImageStore store(long budget, long seconds) throws IOException {
        return ImageStore.open(linux, directory, budget, Clock.fixed(START.plusSeconds(seconds), ZoneOffset.UTC));
    }

    private static ImageKey key(int number) {
        return new ImageKey("%064x".formatted(number), CpuFeatures.V3, 1);
    }

    private long sizeOfOne() throws Exception {
        store(MUCH, 0).get(key(0), module::image).close();
        Path file = files(".image").getFirst();
        long bytes = Files.size(file);
        Files.delete(file);
        return bytes;
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    private static Image mustNotBuild() {
        throw new AssertionError("built again");
    }
}
