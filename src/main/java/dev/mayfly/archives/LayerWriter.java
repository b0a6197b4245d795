package dev.mayfly.archives;

import dev.mayfly.disk.ChangeVisitor;
import dev.mayfly.disk.Directory;
import dev.mayfly.disk.FileException;
import dev.mayfly.disk.Inode;
import dev.mayfly.disk.RegularFile;
import dev.mayfly.disk.SymbolicLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes changes as a tar with pax headers; what was removed as whiteouts, as layers of OCI images have them
 * (image-spec, "Image Layer Filesystem Changeset").
 */
final class LayerWriter implements ChangeVisitor {

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    /** In bytes; with the NUL behind it, as long as Linux takes a path. */
    private static final int MOST_PATH_BYTES = 4095;

    private static final int DIRECTORY_MODE = 0755;
    private static final int FILE_MODE = 0644;
    private static final int LINK_MODE = 0777;

    private final BoundedOutput out;
    private final TarArchiveOutputStream tar;
    private final byte[] buffer = new byte[64 * 1024];
    private int entries;

    LayerWriter(BoundedOutput out) {
        this.out = out;
        this.tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /** How many entries it has. */
    int entries() {
        return entries;
    }

    /** Writes the end. */
    void finish() throws IOException {
        tar.finish();
        out.flush();
    }

    @Override
    public void looking() throws IOException {
        out.requireTime();
    }

    @Override
    public void directory(String path, Directory directory, boolean opaque) throws IOException {
        requireRepresentable(path);
        put(entry(path + "/", TarConstants.LF_DIR, DIRECTORY_MODE, directory.inode()));
        if (opaque) {
            put(entry(path + "/" + OPAQUE, TarConstants.LF_NORMAL, FILE_MODE, directory.inode()));
        }
    }

    @Override
    public void file(String path, RegularFile file) throws IOException, FileException {
        requireRepresentable(path);
        out.requireRoom(file.size());
        TarArchiveEntry entry = entry(path, TarConstants.LF_NORMAL, FILE_MODE, file.inode());
        entry.setSize(file.size());
        tar.putArchiveEntry(entry);
        for (long at = 0; at < file.size(); ) {
            int count = file.read(at, ByteBuffer.wrap(buffer));
            tar.write(buffer, 0, count);
            at += count;
        }
        tar.closeArchiveEntry();
        entries++;
    }

    @Override
    public void hardLink(String path, String first) throws IOException {
        requireRepresentable(path);
        TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_LINK);
        entry.setLinkName(first);
        put(anonymous(entry, FILE_MODE));
    }

    @Override
    public void symbolicLink(String path, SymbolicLink link) throws IOException {
        requireRepresentable(path);
        TarArchiveEntry entry = entry(path, TarConstants.LF_SYMLINK, LINK_MODE, link.inode());
        entry.setLinkName(link.target());
        put(entry);
    }

    @Override
    public void removed(String path) throws IOException {
        requireRepresentable(path);
        int name = path.lastIndexOf('/') + 1;
        String whiteout = path.substring(0, name) + WHITEOUT + path.substring(name);
        put(anonymous(new TarArchiveEntry(whiteout, TarConstants.LF_NORMAL), FILE_MODE));
    }

    private void put(TarArchiveEntry entry) throws IOException {
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
        entries++;
    }

    /** A name that begins like a whiteout would remove a file where the archive is applied as a layer. */
    private static void requireRepresentable(String path) throws ArchiveRefusedException {
        if (path.startsWith(WHITEOUT, path.lastIndexOf('/') + 1)
                || path.getBytes(StandardCharsets.UTF_8).length > MOST_PATH_BYTES) {
            throw new ArchiveRefusedException(ArchiveState.UNREPRESENTABLE);
        }
    }

    private static TarArchiveEntry entry(String path, byte kind, int mode, Inode inode) {
        TarArchiveEntry entry = new TarArchiveEntry(path, kind);
        entry.setLastModifiedTime(FileTime.from(inode.modified(), TimeUnit.NANOSECONDS));
        return anonymous(entry, mode);
    }

    /** Nothing of the process that writes it, which is what the library puts there otherwise. */
    private static TarArchiveEntry anonymous(TarArchiveEntry entry, int mode) {
        entry.setMode(mode);
        entry.setIds(0, 0);
        entry.setNames("", "");
        return entry;
    }
}
