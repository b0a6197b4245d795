package dev.mayfly.disk;

import java.nio.ByteBuffer;

/** A file of a read-only layer that is an array. */
final class LowerBytes implements LowerNode.LowerFile {

    private final long number;
    private final int links;
    private final byte[] bytes;

    LowerBytes(long number, int links, byte[] bytes) {
        this.number = number;
        this.links = links;
        this.bytes = bytes;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public int links() {
        return links;
    }

    @Override
    public long modified() {
        return 7;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long position, ByteBuffer target, int length) {
        target.put(bytes, Math.toIntExact(position), length);
    }
}
