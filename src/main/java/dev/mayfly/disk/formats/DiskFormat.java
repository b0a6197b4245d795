package dev.mayfly.disk.formats;

import java.util.Locale;

/** The formats of images. */
public enum DiskFormat {
    SQUASHFS,
    EXT4,
    TAR,
    TAR_GZIP,
    TAR_XZ,
    TAR_ZSTD;

    /** The word for it, like {@code tar-gzip}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
