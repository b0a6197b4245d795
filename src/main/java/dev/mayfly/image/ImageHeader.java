package dev.mayfly.image;

import dev.mayfly.abi.MemoryMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The first page of an image's file, little-endian.
 *
 * <pre>
 *   0  8   magic
 *   8  4   format
 *  12  4   CRC32C of the page, with zero here
 *  16  64  fingerprint of the key
 *  80  8   initial size of linear memory, in bytes
 *  88  8   its maximum size
 *  96  8   size of the code, 104 of the constants, 112 of the data, in bytes, whole pages
 * 120  4   imported functions
 * 124  4   all functions
 * 128  4   sections
 * 132  24  each section: 4 kind, 4 CRC32C, 8 offset in what it is part of, 8 bytes
 * </pre>
 *
 * <p>Sections follow in the same order, each at the beginning of a page, the rest of its last page zero. Nothing is
 * between them and nothing behind, so the header implies where each is, and how long the file.
 */
record ImageHeader(
        String fingerprint,
        long initialMemory,
        long maximumMemory,
        long codeBytes,
        long constantsBytes,
        long dataBytes,
        int imports,
        int functions,
        List<Section> sections) {

    static final int FORMAT = 1;
    static final int BYTES = MemoryMap.PAGE;

    private static final long MAGIC = 0x474D_4959_4C46_594DL; // "MYFLYIMG"
    private static final int CHECKSUM_AT = 12;
    private static final int SECTION_BYTES = 24;
    private static final int SECTIONS_AT = 132;
    private static final int MOST_SECTIONS = (BYTES - SECTIONS_AT) / SECTION_BYTES;

    /** No section is longer, so that sums of their lengths do not overflow. */
    private static final long MOST_BYTES = 1L << 40;

    /** What a section is. */
    enum Kind {
        STARTS,
        ENTRIES,
        SITES,
        POSITIONS,
        CODE,
        CONSTANTS,
        DATA,
        MEMORY
    }

    /**
     * A section.
     *
     * @param checksum of all its pages
     * @param offset where it is in what it is part of; a multiple of the page size
     * @param bytes its length, without what fills up its last page
     */
    record Section(Kind kind, int checksum, long offset, long bytes) {

        /** What it takes in the file, in bytes. */
        long pages() {
            return pages(bytes);
        }

        static long pages(long bytes) {
            return (bytes + MemoryMap.PAGE - 1) / MemoryMap.PAGE * MemoryMap.PAGE;
        }
    }

    /** How long the file is. */
    long fileBytes() {
        return BYTES + sections.stream().mapToLong(Section::pages).sum();
    }

    ByteBuffer encode() {
        ByteBuffer page = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        page.putLong(MAGIC).putInt(FORMAT).putInt(0).put(fingerprint.getBytes(StandardCharsets.US_ASCII));
        page.putLong(initialMemory).putLong(maximumMemory);
        page.putLong(codeBytes).putLong(constantsBytes).putLong(dataBytes);
        page.putInt(imports).putInt(functions).putInt(sections.size());
        for (Section section : sections) {
            page.putInt(section.kind.ordinal()).putInt(section.checksum);
            page.putLong(section.offset).putLong(section.bytes);
        }
        return page.putInt(CHECKSUM_AT, checksum(page)).rewind();
    }

    /**
     * Reads a header.
     *
     * @param page the file's first
     * @throws DamagedImageException if it is none, or not intact
     */
    static ImageHeader decode(ByteBuffer page) throws DamagedImageException {
        page.order(ByteOrder.LITTLE_ENDIAN);
        require(page.getLong() == MAGIC && page.getInt() == FORMAT, "is no image, or of another format");
        int checksum = page.getInt();
        require(checksum == checksum(page.putInt(CHECKSUM_AT, 0)), "has a header that is not intact");
        byte[] fingerprint = new byte[ImageKey.FINGERPRINT_LENGTH];
        page.get(fingerprint);
        return new ImageHeader(
                new String(fingerprint, StandardCharsets.US_ASCII),
                page.getLong(),
                page.getLong(),
                page.getLong(),
                page.getLong(),
                page.getLong(),
                page.getInt(),
                page.getInt(),
                sections(page));
    }

    private static List<Section> sections(ByteBuffer page) throws DamagedImageException {
        int count = page.getInt();
        require(count >= 0 && count <= MOST_SECTIONS, "has " + count + " sections");
        Kind[] kinds = Kind.values();
        List<Section> sections = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int kind = page.getInt();
            require(kind >= 0 && kind < kinds.length, "has a section of the kind " + kind);
            Section section = new Section(kinds[kind], page.getInt(), page.getLong(), page.getLong());
            require(section.bytes >= 0 && section.bytes <= MOST_BYTES, "has a section of " + section.bytes + " bytes");
            sections.add(section);
        }
        return sections;
    }

    private static void require(boolean condition, String otherwise) throws DamagedImageException {
        if (!condition) {
            throw new DamagedImageException(otherwise);
        }
    }

    private static int checksum(ByteBuffer page) {
        CRC32C crc = new CRC32C();
        crc.update(page.duplicate().clear());
        return (int) crc.getValue();
    }
}
