package dev.mayfly.vmm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mayfly.abi.MemoryMap;
import dev.mayfly.kvm.RequiresKvm;
import dev.mayfly.nativeaccess.Descriptor;
import dev.mayfly.nativeaccess.FileRange;
import dev.mayfly.nativeaccess.RequiresLinux;
import dev.mayfly.vmm.TestGuest.Calls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresLinux
@RequiresKvm
class LoadedImageTest {

    /** {@code inc byte [0]; inc byte [DATA + 0x2000]; inc byte [0x19000]; ret}: the last is behind the contents. */
    private static final String WRITE_EVERYWHERE =
            "fe042500000000" + "48b8" + "0020020004000000" + "fe00" + "fe042500900100" + "c3";

    /** {@code inc byte [CONSTANTS]}. */
    private static final String WRITE_CONSTANTS = "48b8" + "0000010004000000" + "fe00" + "c3";

    private final Path directory;

    LoadedImageTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void instancesOfAnImageInAFileBeginAsTheFileSaysEveryTime() throws Exception {
        try (Descriptor file = write(TestGuest.image(WRITE_EVERYWHERE, ""));
                TestGuest guest = TestGuest.of(inFile(TestGuest.image(WRITE_EVERYWHERE, ""), file), reused())) {
            for (int i = 0; i < 3; i++) {
                guest.assertStillWorks();
                assertThat(guest.run()).isEqualTo(new Ending.Exited());
            }
        }
    }

    @Test
    void whatInstancesWriteIsSeenByNobodyElse() throws Exception {
        GuestImage image = TestGuest.image(WRITE_EVERYWHERE, "");
        try (Descriptor file = write(image);
                TestGuest guest = TestGuest.of(inFile(image, file), reused());
                Slot other = guest.hypervisor.openSlot(reused())) {
            byte[] before = Files.readAllBytes(path());
            try (Prepared one = guest.slot.prepare(guest.image);
                    Prepared two = other.prepare(guest.image)) {
                assertThat(one.run(TestGuest.CODE, Calls.NONE).ending()).isEqualTo(new Ending.Exited());
                assertThat(one.memory().linear().get(JAVA_BYTE, 0)).isEqualTo((byte) (TestGuest.LINEAR_CONTENT + 1));
                assertThat(one.memory().linear().get(JAVA_BYTE, 0x19000)).isEqualTo((byte) 1);
                TestGuest.assertPristine(two.memory());
            }
            assertThat(Files.readAllBytes(path())).isEqualTo(before);
        }
    }

    @Test
    void constantsOfAFileCannotBeWritten() throws Exception {
        GuestImage image = TestGuest.image(WRITE_CONSTANTS, "");
        try (Descriptor file = write(image);
                TestGuest guest = TestGuest.of(inFile(image, file), reused())) {
            assertThat(guest.run()).isNotEqualTo(new Ending.Exited());
            guest.assertStillWorks();
        }
    }

    @Test
    void aFileThatIsDeletedStaysUntilTheImageIsClosed() throws Exception {
        GuestImage image = TestGuest.image(WRITE_EVERYWHERE, "");
        try (Descriptor file = write(image);
                TestGuest guest = TestGuest.of(inFile(image, file), reused())) {
            Files.delete(path());
            guest.assertStillWorks();
            guest.slot.trim();
            guest.assertStillWorks();
        }
    }

    @Test
    void whatInstancesOnlyReadIsNotCopied() throws Exception {
        GuestImage image = TestGuest.image(WRITE_EVERYWHERE, "");
        try (Descriptor file = write(image);
                TestGuest guest = TestGuest.of(inFile(image, file), reused())) {
            guest.assertStillWorks();
            List<String> mapped = mappings(path().toString());
            assertThat(bytes(mapped, " r--s ")).isEqualTo(Files.size(path()));
            long linear = image.memory().contents().getFirst().end();
            assertThat(bytes(mapped, " rw-p ")).isEqualTo(TestGuest.DATA_BYTES + linear);
            // Nothing is copied but the stub and the page tables.
            long tables = ImageLayout.of(image).tablesBytes();
            assertThat(bytes(mappings("memfd:mayfly-image"), " r--s "))
                    .isEqualTo(MemoryMap.PAGE + EntryStub.CONSTANTS_BYTES + tables);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1 << 16, 1L << 31, 1L << 32})
    void everyLimitOfMemoryIsPossible(long limit) throws Exception {
        GuestImage some = TestGuest.image("c3", "");
        LinearMemory memory = new LinearMemory(0, limit, List.of());
        GuestImage image =
                new GuestImage(some.regions(), some.context(), some.stackBytes(), memory, some.memoryAccesses());
        try (TestGuest guest = TestGuest.of(image, reused())) {
            for (int i = 0; i < 2; i++) {
                try (Prepared instance = guest.slot.prepare(guest.image)) {
                    assertThat(instance.memory().linear().byteSize()).isZero();
                    assertThat(instance.run(TestGuest.GOOD, Calls.NONE).ending())
                            .isEqualTo(new Ending.Exited());
                }
            }
        }
    }

    @Test
    void anImageThatCannotBeReadLeavesNothingBehind() throws Exception {
        GuestImage some = TestGuest.image("c3", "");
        MemorySegment gone;
        try (Arena arena = Arena.ofConfined()) {
            gone = arena.allocate(1 << 16);
        }
        LinearMemory memory = new LinearMemory(1 << 16, 1 << 16, gone);
        GuestImage image =
                new GuestImage(some.regions(), some.context(), some.stackBytes(), memory, some.memoryAccesses());
        try (Hypervisor hypervisor = Hypervisor.open(TestGuest.linux())) {
            assertThatIllegalStateException().isThrownBy(() -> hypervisor.load(image));
        }
        assertNothingIsLeft();
    }

    @Test
    void anImageInAFileThatWasClosedLeavesNothingBehind() throws Exception {
        GuestImage image = TestGuest.image("c3", "");
        Descriptor file = write(image);
        GuestImage inFile = inFile(image, file);
        file.close();
        try (Hypervisor hypervisor = Hypervisor.open(TestGuest.linux())) {
            assertThatIllegalStateException().isThrownBy(() -> hypervisor.load(inFile));
        }
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() throws IOException {
        assertThat(mappings("memfd:mayfly-image")).isEmpty();
        assertThat(mappings(path().toString())).isEmpty();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(descriptors.filter(LoadedImageTest::isImage)).isEmpty();
        }
    }

    private static boolean isImage(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("mayfly-image");
        } catch (IOException e) {
            return false; // that of the listing itself
        }
    }

    private static List<String> mappings(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.contains(name))
                .toList();
    }

    private static long bytes(List<String> mappings, String permissions) {
        return mappings.stream()
                .filter(mapping -> mapping.contains(permissions))
                .map(mapping -> mapping.split("[- ]", 3))
                .mapToLong(range -> Long.parseLong(range[1], 16) - Long.parseLong(range[0], 16))
                .sum();
    }

    private static SlotOptions reused() {
        return SlotOptions.DEFAULT;
    }

    private Path path() {
        return directory.resolve("image");
    }

    /** Writes all contents of an image one behind the other, each from the beginning of a page. */
    private Descriptor write(GuestImage image) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (List<Content> contents : contents(image)) {
            for (Content content : contents) {
                byte[] part = ((Content.InMemory) content).segment().toArray(JAVA_BYTE);
                bytes.write(Arrays.copyOf(part, Math.toIntExact(content.end() - content.offset())));
            }
        }
        Files.write(path(), bytes.toByteArray());
        return TestGuest.linux().openToRead(path().toString());
    }

    private static List<List<Content>> contents(GuestImage image) {
        List<List<Content>> all = new ArrayList<>();
        image.regions().forEach(region -> all.add(region.contents()));
        all.add(image.memory().contents());
        return all;
    }

    private static GuestImage inFile(GuestImage image, Descriptor file) {
        List<Region> regions = new ArrayList<>();
        long position = 0;
        for (Region region : image.regions()) {
            Content.InFile content = new Content.InFile(0, new FileRange(file, position, region.bytes()));
            regions.add(new Region(region.address(), region.bytes(), region.permission(), List.of(content)));
            position += region.bytes();
        }
        LinearMemory memory = image.memory();
        long linear = memory.contents().getFirst().end();
        Content.InFile content = new Content.InFile(0, new FileRange(file, position, linear));
        return new GuestImage(
                regions,
                image.context(),
                image.stackBytes(),
                new LinearMemory(memory.initialBytes(), memory.limitBytes(), List.of(content)),
                image.memoryAccesses());
    }
}
