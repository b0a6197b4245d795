package dev.mayfly.image;

import dev.mayfly.image.ImageHeader.Kind;
import dev.mayfly.image.ImageHeader.Section;
import dev.mayfly.vmm.Content;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes images that are in memory to files. */
final class ImageWriter {

    private static final int CHUNK = 1 << 20;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
    private final List<Section> sections = new ArrayList<>();

    private ImageWriter(FileChannel channel) {
        this.channel = channel;
    }

    /** Writes a new file, so that it would survive the machine losing power. */
    static void write(Image image, ImageKey key, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.position(ImageHeader.BYTES);
            ImageWriter writer = new ImageWriter(channel);
            writer.writeSections(image);
            channel.position(0);
            writer.writeFully(writer.header(image, key).encode());
            channel.force(true);
        }
    }

    private ImageHeader header(Image image, ImageKey key) {
        return new ImageHeader(
                key.fingerprint(),
                image.memory().initialBytes(),
                image.memory().maximumBytes(),
                image.code().bytes(),
                image.constants().bytes(),
                image.data().bytes(),
                image.addresses().imports(),
                image.addresses().functions(),
                sections);
    }

    private void writeSections(Image image) throws IOException {
        AddressMap addresses = image.addresses();
        write(Kind.STARTS, 0, addresses.starts().segment());
        write(Kind.ENTRIES, 0, addresses.entries().segment());
        write(Kind.SITES, 0, addresses.sites().segment());
        write(Kind.POSITIONS, 0, addresses.positions());
        write(Kind.CODE, image.code().contents());
        write(Kind.CONSTANTS, image.constants().contents());
        write(Kind.DATA, image.data().contents());
        write(Kind.MEMORY, image.memory().contents());
    }

    private void write(Kind kind, List<Content> contents) throws IOException {
        for (Content content : contents) {
            if (!(content instanceof Content.InMemory(long offset, MemorySegment segment))) {
                throw new IllegalArgumentException("the image is in a file already");
            }
            write(kind, offset, segment);
        }
    }

    private void write(Kind kind, long offset, MemorySegment segment) throws IOException {
        CRC32C crc = new CRC32C();
        long bytes = segment.byteSize();
        for (long at = 0; at < bytes; at += CHUNK) {
            int count = (int) Math.min(CHUNK, bytes - at);
            buffer.clear().limit(count);
            MemorySegment.ofBuffer(buffer).copyFrom(segment.asSlice(at, count));
            crc.update(buffer.duplicate());
            writeFully(buffer);
        }
        byte[] rest = new byte[(int) (Section.pages(bytes) - bytes)];
        crc.update(rest);
        writeFully(ByteBuffer.wrap(rest));
        sections.add(new Section(kind, (int) crc.getValue(), offset, bytes));
    }

    private void writeFully(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            channel.write(source);
        }
    }
}
