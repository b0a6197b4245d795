package dev.mayfly.disk.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskLimits;
import dev.mayfly.disk.layout.StoredDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A layer of a container image is an archive like others: paths without a dot, owners, attributes, whiteouts. */
@SuppressWarnings("NullAway.Init")
class ContainerLayerTest {

    @TempDir
    Path work;

    @Test
    void aLayerOfAContainerImageIsADisk() throws IOException, DiskImageException {
        Path image = work.resolve("layer.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(image));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            add(tar, new TarArchiveEntry("usr/"), "");
            add(tar, new TarArchiveEntry("usr/bin/"), "");
            TarArchiveEntry shell = new TarArchiveEntry("usr/bin/" + "long-".repeat(40) + "name");
            shell.addPaxHeader("SCHILY.xattr.security.capability", "\u0001\u0000");
            shell.setIds(1_000_000, 1_000_000);
            add(tar, shell, "#!");
            TarArchiveEntry link = new TarArchiveEntry("usr/bin/sh", TarConstants.LF_LINK);
            link.setLinkName(shell.getName());
            add(tar, link, "");
            add(tar, new TarArchiveEntry("etc/.wh.shadow"), "");
            add(tar, new TarArchiveEntry("var/.wh..wh..opq"), "");
            TarArchiveEntry bin = new TarArchiveEntry("bin", TarConstants.LF_SYMLINK);
            bin.setLinkName("usr/bin");
            add(tar, bin, "");
        }
        Map<String, String> read = read(image);
        assertThat(read).containsEntry("bin", "link to usr/bin").containsKeys("etc/.wh.shadow", "var/.wh..wh..opq");
        assertThat(read.get("usr/bin/sh")).startsWith("file of 2 with 2 links");
    }

    private static void add(TarArchiveOutputStream tar, TarArchiveEntry entry, String contents) throws IOException {
        byte[] bytes = contents.getBytes(StandardCharsets.UTF_8);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private Map<String, String> read(Path image) throws IOException, DiskImageException {
        Path disk = work.resolve("disk");
        try (FileChannel target = FileChannel.open(disk, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            new DiskImporter(new DiskLimits(1 << 20, 100)).lay(image, target);
        }
        try (StoredDisk laid = StoredDisk.open(disk)) {
            return Description.of(laid);
        }
    }
}
