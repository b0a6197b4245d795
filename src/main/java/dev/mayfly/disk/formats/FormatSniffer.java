package dev.mayfly.disk.formats;

import dev.mayfly.disk.formats.input.ImageFile;
import dev.mayfly.disk.layout.DiskImageException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Tells the format of an image by what it begins with. */
final class FormatSniffer {

    private static final int HEAD_BYTES = 2048;
    private static final byte[] SQUASHFS = {'h', 's', 'q', 's'};
    private static final byte[] GZIP = {0x1F, (byte) 0x8B, 8};
    private static final byte[] XZ = {(byte) 0xFD, '7', 'z', 'X', 'Z', 0};
    private static final byte[] ZSTD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};
    private static final byte[] EXT4 = {0x53, (byte) 0xEF};
    private static final byte[] USTAR = {'u', 's', 't', 'a', 'r'};
    private static final int EXT4_AT = 1024 + 56;
    private static final int USTAR_AT = 257;
    private static final int TAR_BLOCK = 512;
    private static final int TAR_SUM_AT = 148;
    private static final int TAR_SUM_BYTES = 8;

    private FormatSniffer() {}

    static Optional<DiskFormat> sniff(ImageFile image) throws IOException, DiskImageException {
        byte[] head = image.read(0, (int) Math.min(HEAD_BYTES, image.size())).array();
        if (has(head, 0, SQUASHFS)) {
            return Optional.of(DiskFormat.SQUASHFS);
        } else if (has(head, 0, GZIP)) {
            return Optional.of(DiskFormat.TAR_GZIP);
        } else if (has(head, 0, XZ)) {
            return Optional.of(DiskFormat.TAR_XZ);
        } else if (has(head, 0, ZSTD)) {
            return Optional.of(DiskFormat.TAR_ZSTD);
        } else if (has(head, USTAR_AT, USTAR) || isOldTar(head)) {
            return Optional.of(DiskFormat.TAR);
        }
        return has(head, EXT4_AT, EXT4) ? Optional.of(DiskFormat.EXT4) : Optional.empty();
    }

    private static boolean has(byte[] head, int at, byte[] magic) {
        return head.length >= at + magic.length && Arrays.equals(head, at, at + magic.length, magic, 0, magic.length);
    }

    /** The first tar had no magic number, but a sum over each header; the sum of an empty archive's zeros is none. */
    private static boolean isOldTar(byte[] head) {
        if (head.length < TAR_BLOCK) {
            return false;
        }
        int sum = ' ' * TAR_SUM_BYTES;
        int stored = 0;
        for (int i = 0; i < TAR_BLOCK; i++) {
            boolean inSum = i >= TAR_SUM_AT && i < TAR_SUM_AT + TAR_SUM_BYTES;
            sum += inSum ? 0 : head[i] & 0xFF;
            stored = inSum && head[i] >= '0' && head[i] <= '7' ? stored * 8 + head[i] - '0' : stored;
        }
        return stored != 0 && sum == stored;
    }
}
