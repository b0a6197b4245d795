package dev.mayfly.disk.formats.ext4;

import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import java.util.ArrayList;
import java.util.List;

/** What an image may need its reader to know, by the words of {@code mke2fs}. */
enum Feature {
    COMPRESSION(0x1, "compression", false),
    FILE_TYPES(0x2, "filetype", true),
    NEEDS_RECOVERY(0x4, "needs_recovery", false),
    JOURNAL_DEVICE(0x8, "journal_dev", false),
    SPREAD_DESCRIPTORS(0x10, "meta_bg", true),
    EXTENTS(0x40, "extent", true),
    SIXTY_FOUR_BITS(0x80, "64bit", true),
    MOUNTED_ONCE(0x100, "mmp", true),
    FLEXIBLE_GROUPS(0x200, "flex_bg", true),
    LARGE_ATTRIBUTES(0x400, "ea_inode", true),
    DATA_IN_ENTRIES(0x1000, "dirdata", false),
    STORED_SEED(0x2000, "metadata_csum_seed", true),
    LARGE_DIRECTORIES(0x4000, "large_dir", true),
    INLINE_DATA(0x8000, "inline_data", true),
    ENCRYPTION(0x10000, "encrypt", false),
    CASE_FOLDING(0x20000, "casefold", false);

    private final long bit;
    private final String word;
    private final boolean supported;

    Feature(long bit, String word, boolean supported) {
        this.bit = bit;
        this.word = word;
        this.supported = supported;
    }

    boolean isIn(long features) {
        return (features & bit) != 0;
    }

    /** Refuses what an image needs that there is not. */
    static void requireSupported(long features) throws DiskImageException {
        if (NEEDS_RECOVERY.isIn(features)) {
            throw new DiskImageException(
                    Reason.UNSUPPORTED,
                    "its journal has to be recovered first: mount it and unmount it, or run e2fsck");
        }
        List<String> missing = new ArrayList<>();
        long unknown = features;
        for (Feature feature : values()) {
            unknown &= ~feature.bit;
            if (feature.isIn(features) && !feature.supported) {
                missing.add(feature.word);
            }
        }
        if (unknown != 0) {
            missing.add("0x" + Long.toHexString(unknown));
        }
        if (!missing.isEmpty()) {
            throw new DiskImageException(
                    Reason.UNSUPPORTED, "uses features that are not supported: " + String.join(", ", missing));
        }
    }
}
