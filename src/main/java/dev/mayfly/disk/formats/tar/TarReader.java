package dev.mayfly.disk.formats.tar;

import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import dev.mayfly.disk.layout.DiskWriter;
import dev.mayfly.disk.layout.Draft;
import dev.mayfly.disk.layout.DraftDirectory;
import dev.mayfly.disk.layout.FileContents;
import dev.mayfly.disk.layout.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive from beginning to end, with the names of GNU tar and of pax, and sparse files. An entry takes the place
 * of one before it of the same name, as when it is unpacked; directories that it needs are made.
 */
public final class TarReader {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final HeaderBudget budget;
    private final TarArchiveInputStream archive;
    private final byte[] buffer = new byte[BUFFER_BYTES];

    public TarReader(InputStream in) {
        this.budget = new HeaderBudget(in);
        this.archive = new TarArchiveInputStream(budget, StandardCharsets.UTF_8.name());
    }

    /** Reads all entries. */
    public void read(DiskWriter disk) throws IOException, DiskImageException {
        for (TarArchiveEntry entry = next(); entry != null; entry = next()) {
            String[] names = TarPath.names(entry.getName());
            if (names.length > 0) {
                DraftDirectory parent = TarPath.parent(disk.tree(), names, modified(entry));
                add(disk, parent, names[names.length - 1], entry);
            } else {
                disk.tree().modified(disk.tree().root(), modified(entry));
            }
        }
    }

    private @Nullable TarArchiveEntry next() throws IOException, DiskImageException {
        budget.begin();
        try {
            return archive.getNextEntry();
        } catch (HeaderBudget.SpentException e) {
            throw HeaderBudget.refusal();
        } catch (RuntimeException e) {
            throw malformed();
        } catch (IOException e) {
            throw failure();
        } finally {
            budget.end();
        }
    }

    private void add(DiskWriter disk, DraftDirectory parent, String name, TarArchiveEntry entry)
            throws IOException, DiskImageException {
        if (entry.isDirectory()) {
            if (parent.get(name) instanceof DraftDirectory there) {
                disk.tree().modified(there, modified(entry));
            } else {
                disk.tree().remove(parent, name);
                disk.tree().directory(parent, name, modified(entry));
            }
        } else if (entry.isSymbolicLink()) {
            disk.tree().remove(parent, name);
            disk.tree().link(parent, name, entry.getLinkName(), modified(entry));
        } else if (entry.isLink()) {
            Draft target = TarPath.linked(disk.tree(), entry.getLinkName());
            if (parent.get(name) != target) {
                disk.tree().remove(parent, name);
                disk.tree().name(parent, name, target);
            }
        } else if (isRegular(entry)) {
            addFile(disk, parent, name, entry);
        } else {
            throw new DiskImageException(
                    Reason.SPECIAL_FILE,
                    "neither a file nor a directory nor a link: " + Shown.text(parent.pathOf(name)));
        }
    }

    /** The library takes everything for a file that is nothing else that it knows. */
    private static boolean isRegular(TarArchiveEntry entry) {
        return switch (entry.getLinkFlag()) {
            case TarConstants.LF_OLDNORM, TarConstants.LF_NORMAL, TarConstants.LF_CONTIG -> true;
            default -> entry.isSparse();
        };
    }

    private void addFile(DiskWriter disk, DraftDirectory parent, String name, TarArchiveEntry entry)
            throws IOException, DiskImageException {
        disk.tree().remove(parent, name);
        FileContents contents = disk.file(modified(entry));
        for (int count = readSome(); count >= 0; count = readSome()) {
            contents.write(buffer, 0, count);
        }
        if (contents.size() != entry.getRealSize()) {
            throw new DiskImageException(
                    Reason.SIZE_MISMATCH,
                    "has " + contents.size() + " bytes, and is said to have " + entry.getRealSize() + ": "
                            + Shown.text(parent.pathOf(name)));
        }
        disk.tree().name(parent, name, contents.end());
    }

    private int readSome() throws IOException, DiskImageException {
        try {
            return archive.read(buffer);
        } catch (RuntimeException e) {
            throw malformed();
        } catch (IOException e) {
            throw failure();
        }
    }

    /** What the library says of the archive; what the stream below says of its data passes. */
    private DiskImageException failure() throws IOException {
        IOException below = budget.failure();
        if (below != null) {
            throw below;
        }
        return malformed();
    }

    private DiskImageException malformed() {
        return new DiskImageException(
                Reason.MALFORMED, "no tar archive from byte " + archive.getBytesRead() + " of what is unpacked on");
    }

    private static long modified(TarArchiveEntry entry) {
        return entry.getLastModifiedTime().to(TimeUnit.NANOSECONDS);
    }
}
