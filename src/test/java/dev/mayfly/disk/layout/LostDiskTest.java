package dev.mayfly.disk.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.disk.LowerNode.LowerFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk whose file cannot be read any more. Read through a mapping, it ended the process. */
@SuppressWarnings("NullAway.Init")
class LostDiskTest {

    private static final int FILES = 20_000;
    private static final int LENGTH = 9_000;

    @TempDir
    Path work;

    /** So often that all code is compiled before. */
    @Test
    void whatCannotBeReadIsAnErrorHoweverOften() throws IOException, DiskImageException {
        Path path = work.resolve("disk");
        StoredDisk disk = TestDisks.make(path, writer -> {
            for (int i = 0; i < FILES; i++) {
                TestDisks.file(writer, writer.tree().root(), "f" + i, ("contents " + i).repeat(1000));
            }
        });
        ByteBuffer target = ByteBuffer.allocateDirect(LENGTH);
        for (int i = 0; i < FILES; i++) {
            file(disk, i).read(0, target.clear(), LENGTH);
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(4096);
        }
        for (int i = 0; i < FILES; i++) {
            LowerFile file = file(disk, i);
            assertThatThrownBy(() -> file.read(0, target.clear(), LENGTH)).isInstanceOf(IOException.class);
        }
    }

    private static LowerFile file(StoredDisk disk, int number) {
        int index = disk.root().find("f" + number);
        assertThat(index).isNotNegative();
        return (LowerFile) disk.root().node(index);
    }
}
