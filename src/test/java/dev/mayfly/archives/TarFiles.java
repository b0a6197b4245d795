package dev.mayfly.archives;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** What is in archives. */
public final class TarFiles {

    private TarFiles() {}

    /** The entries of a compressed tar by their paths: {@code dir}, {@code link to x}, {@code symlink to x}, or contents. */
    public static SequencedMap<String, String> entries(byte[] archive) {
        SequencedMap<String, String> entries = new LinkedHashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GZIPInputStream(new ByteArrayInputStream(archive)), StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.put(entry.getName(), describe(entry, tar));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    private static String describe(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        if (entry.isDirectory()) {
            return "dir";
        }
        if (entry.isLink()) {
            return "link to " + entry.getLinkName();
        }
        if (entry.isSymbolicLink()) {
            return "symlink to " + entry.getLinkName();
        }
        return new String(tar.readAllBytes(), StandardCharsets.UTF_8);
    }
}
