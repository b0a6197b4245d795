package dev.mayfly.disk.formats.ext4;

/** The two sums over metadata, each going on from what it was before. */
final class Crc {

    private static final int CASTAGNOLI = 0x82F6_3B78;
    private static final int CRC16 = 0xA001;
    private static final int[] TABLE = table(CASTAGNOLI);
    private static final int[] SHORT_TABLE = table(CRC16);

    private Crc() {}

    private static int[] table(int polynomial) {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int value = i;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                value = (value >>> 1) ^ ((value & 1) * polynomial);
            }
            table[i] = value;
        }
        return table;
    }

    /** CRC-32C, which ext4 does not invert at its end. */
    static int crc32c(int before, byte[] bytes, int from, int to) {
        return go(TABLE, before, bytes, from, to);
    }

    /** CRC-16 as the older checksum of groups uses it. */
    static int crc16(int before, byte[] bytes, int from, int to) {
        return go(SHORT_TABLE, before, bytes, from, to);
    }

    private static int go(int[] table, int before, byte[] bytes, int from, int to) {
        int value = before;
        for (int i = from; i < to; i++) {
            value = (value >>> Byte.SIZE) ^ table[(value ^ bytes[i]) & 0xFF];
        }
        return value;
    }
}
