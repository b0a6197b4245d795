package dev.mayfly.image;

import dev.mayfly.abi.MemoryMap;
import dev.mayfly.vmm.Content;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A part of an image while it is being laid out: space is given out first, then filled in. */
final class Block {

    private final long address;
    private long size;
    private byte[] bytes = new byte[0];

    Block(long address) {
        this.address = address;
    }

    long address() {
        return address;
    }

    /** Gives out space and says its address. */
    long allocate(long length, int alignment) {
        size = (size + alignment - 1) / alignment * alignment;
        long start = address + size;
        size += length;
        return start;
    }

    /** Where the next part can begin. */
    long end() {
        return address + Math.max(1, (size + MemoryMap.PAGE - 1) / MemoryMap.PAGE) * MemoryMap.PAGE;
    }

    /** No more space is given out. */
    void fix() {
        bytes = new byte[(int) size];
    }

    byte[] bytes() {
        return bytes;
    }

    /** The part of the image that it becomes. */
    Part part(List<Content> contents) {
        return new Part(address, end() - address, contents);
    }

    void put(long at, byte[] source, int from, int length) {
        System.arraycopy(source, from, bytes, (int) (at - address), length);
    }

    void put32(long at, int value) {
        buffer().putInt((int) (at - address), value);
    }

    void put64(long at, long value) {
        buffer().putLong((int) (at - address), value);
    }

    private ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
