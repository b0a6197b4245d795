package dev.mayfly.disk.formats.squashfs;

import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import dev.mayfly.disk.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;
import org.tukaani.xz.SingleXZInputStream;

/** How the blocks of an image are compressed. */
enum Compression {
    GZIP {
        @Override
        InputStream open(InputStream packed) {
            return new InflaterInputStream(packed);
        }
    },
    XZ {
        @Override
        InputStream open(InputStream packed) throws IOException {
            return new SingleXZInputStream(packed, XZ_MEMORY_KIB);
        }
    },
    LZ4 {
        @Override
        InputStream open(InputStream packed) {
            return new BlockLZ4CompressorInputStream(packed);
        }
    },
    ZSTD {
        @Override
        InputStream open(InputStream packed) {
            return new ZstdInputStream(packed);
        }
    };

    /** A dictionary is no larger than the largest block, which is 1 MiB. */
    private static final int XZ_MEMORY_KIB = 2 * 1024;

    abstract InputStream open(InputStream packed) throws IOException;

    /** By the number in the image. */
    static Compression of(int number) throws DiskImageException {
        return switch (number) {
            case 1 -> GZIP;
            case 4 -> XZ;
            case 5 -> LZ4;
            case 6 -> ZSTD;
            case 2 -> throw unsupported("lzma");
            case 3 -> throw unsupported("lzo");
            default -> throw unsupported("number " + number);
        };
    }

    private static DiskImageException unsupported(String what) {
        return new DiskImageException(
                Reason.UNSUPPORTED, "compressed neither with gzip nor xz, lz4 or zstd, but with " + what);
    }

    /**
     * Unpacks a block.
     *
     * @return how much it is
     * @throws DiskImageException if it is damaged, or more than fits into the target
     */
    int unpack(byte[] packed, int length, byte[] target, long place) throws DiskImageException {
        try (InputStream in = open(new ByteArrayInputStream(packed, 0, length))) {
            int count = in.readNBytes(target, 0, target.length);
            if (count == target.length && in.read() >= 0) {
                throw new DiskImageException(Reason.SIZE_MISMATCH, "a block unpacks to too much, at byte " + place);
            }
            return count;
        } catch (IOException | RuntimeException e) {
            throw new DiskImageException(Reason.CORRUPT_DATA, "a block cannot be unpacked, at byte " + place);
        }
    }
}
