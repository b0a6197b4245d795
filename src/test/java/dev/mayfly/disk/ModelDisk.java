package dev.mayfly.disk;

import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskWriter;
import dev.mayfly.disk.layout.DraftDirectory;
import dev.mayfly.disk.layout.DraftFile;
import dev.mayfly.disk.layout.TestDisks;
import java.io.IOException;
import java.util.Random;

/** A small disk that random operations meet: a few short names, links that climb, loop and lead out, a file of some blocks. */
public final class ModelDisk {

    private ModelDisk() {}

    /** What is in {@code e}. */
    public static byte[] large() {
        byte[] large = new byte[40_000];
        new Random(1).nextBytes(large);
        return large;
    }

    /** Lays it out. */
    public static void fill(DiskWriter disk) throws IOException, DiskImageException {
        DraftDirectory root = disk.tree().root();
        DraftDirectory a = disk.tree().directory(root, "a", 1);
        DraftDirectory b = disk.tree().directory(a, "b", 1);
        disk.tree().directory(root, "c", 1);
        DraftFile file = TestDisks.file(disk, a, "f", "contents");
        disk.tree().name(b, "f", file);
        TestDisks.file(disk, root, "e", large());
        disk.tree().link(root, "d", "a/b", 1);
        disk.tree().link(b, "e", "../..", 1);
        disk.tree().link(a, "d", "/c", 1);
        disk.tree().link(a, "e", "e", 1);
    }
}
