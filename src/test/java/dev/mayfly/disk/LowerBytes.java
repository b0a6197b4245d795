package dev.mayfly.disk;

/** A file of a read-only layer that is an array. */
final class LowerBytes implements LowerNode.LowerFile {

    private final long number;
    private final byte[] bytes;

    LowerBytes(long number, byte[] bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    @Override
    public long number() {
        return number;
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
    public void read(long position, byte[] target, int offset, int length) {
        System.arraycopy(bytes, Math.toIntExact(position), target, offset, length);
    }
}
