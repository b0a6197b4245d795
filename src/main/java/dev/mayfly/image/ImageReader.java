package dev.mayfly.image;

import dev.mayfly.abi.MemoryMap;
import dev.mayfly.image.ImageHeader.Kind;
import dev.mayfly.image.ImageHeader.Section;
import dev.mayfly.nativeaccess.Descriptor;
import dev.mayfly.nativeaccess.Errno;
import dev.mayfly.nativeaccess.FileRange;
import dev.mayfly.nativeaccess.Linux;
import dev.mayfly.nativeaccess.Mapping;
import dev.mayfly.nativeaccess.NativeException;
import dev.mayfly.vmm.Content;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Opens images in files. Everything is read once and compared with its checksum before anything is made of it, by system
 * calls that answer an error where a mapping would have a fault. No length is believed before the file is known to be as
 * long as all of them say.
 */
final class ImageReader {

    private static final int CHUNK = 1 << 20;

    private final Descriptor file;

    private ImageReader(Descriptor file) {
        this.file = file;
    }

    /**
     * Opens an image.
     *
     * @throws NoSuchFileException if there is no file
     * @throws DamagedImageException if the file is not intact, or not for this key
     * @throws IOException if it cannot be read
     */
    static Image open(Linux linux, Path path, ImageKey key) throws IOException {
        Descriptor file = openToRead(linux, path);
        try {
            return new ImageReader(file).open(linux, key);
        } catch (NativeException e) {
            file.close();
            throw new IOException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            // Parts that do not fit together, which their own types have noticed.
            file.close();
            throw new DamagedImageException("contradicts itself: " + e.getMessage(), e);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private static Descriptor openToRead(Linux linux, Path path) throws IOException {
        try {
            return linux.openToRead(path.toString());
        } catch (NativeException e) {
            throw e.errno().equals(Errno.ENOENT)
                    ? new NoSuchFileException(path.toString())
                    : new IOException(e.getMessage(), e);
        }
    }

    private Image open(Linux linux, ImageKey key) throws IOException, NativeException {
        ImageHeader header = readHeader();
        require(header.fingerprint().equals(key.fingerprint()), "is of another module, version or processor");
        verify(header);
        Part code = new Part(MemoryMap.IMAGE, header.codeBytes(), contents(header, Kind.CODE));
        Part constants = new Part(code.end(), header.constantsBytes(), contents(header, Kind.CONSTANTS));
        Part data = new Part(constants.end(), header.dataBytes(), contents(header, Kind.DATA));
        require(data.end() - MemoryMap.IMAGE <= Image.SPAN, "is too large for the address space");
        InitialMemory memory =
                new InitialMemory(header.initialMemory(), header.maximumMemory(), contents(header, Kind.MEMORY));
        Mapping mapping = mapAddresses(linux, header);
        try {
            AddressMap addresses = addresses(header, mapping.segment());
            return new Image(code, constants, data, memory, addresses, () -> {
                mapping.close();
                file.close();
            });
        } catch (IOException | RuntimeException e) {
            mapping.close();
            throw e;
        }
    }

    private ImageHeader readHeader() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment page = arena.allocate(ImageHeader.BYTES);
            require(read(page, 0) == ImageHeader.BYTES, "is shorter than a header");
            return ImageHeader.decode(page.asByteBuffer());
        }
    }

    /** Reads the whole file. */
    private void verify(ImageHeader header) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(CHUNK);
            long end = header.fileBytes();
            require(
                    read(buffer.asSlice(0, 1), end - 1) == 1 && read(buffer.asSlice(0, 1), end) == 0,
                    "is not " + end + " bytes long");
            long position = ImageHeader.BYTES;
            for (Section section : header.sections()) {
                require(
                        checksum(buffer, position, section.pages()) == section.checksum(),
                        "has a section " + section.kind() + " that is not intact");
                position += section.pages();
            }
        }
    }

    private int checksum(MemorySegment buffer, long position, long bytes) throws IOException {
        CRC32C crc = new CRC32C();
        long done = 0;
        while (done < bytes) {
            long count = read(buffer.asSlice(0, Math.min(CHUNK, bytes - done)), position + done);
            require(count > 0, "ends too soon");
            crc.update(buffer.asSlice(0, count).asByteBuffer());
            done += count;
        }
        return (int) crc.getValue();
    }

    private long read(MemorySegment target, long position) throws DamagedImageException {
        try {
            return file.read(target, position);
        } catch (NativeException e) {
            throw new DamagedImageException("cannot be read: " + e.getMessage(), e);
        }
    }

    private List<Content> contents(ImageHeader header, Kind kind) {
        List<Content> contents = new ArrayList<>();
        long position = ImageHeader.BYTES;
        for (Section section : header.sections()) {
            if (section.kind() == kind) {
                contents.add(new Content.InFile(section.offset(), new FileRange(file, position, section.pages())));
            }
            position += section.pages();
        }
        return contents;
    }

    /** The sections of the address map come first. */
    private Mapping mapAddresses(Linux linux, ImageHeader header) throws IOException, NativeException {
        long bytes = header.sections().stream()
                .takeWhile(section -> section.kind().compareTo(Kind.POSITIONS) <= 0)
                .mapToLong(Section::pages)
                .sum();
        require(bytes > 0, "says nothing of its code");
        return linux.mapReadOnly(List.of(new FileRange(file, ImageHeader.BYTES, bytes)), file.toString());
    }

    private static AddressMap addresses(ImageHeader header, MemorySegment mapped) throws DamagedImageException {
        require(header.sections().size() > Kind.POSITIONS.ordinal(), "says nothing of its code");
        List<MemorySegment> segments = new ArrayList<>();
        long at = 0;
        for (Kind kind : List.of(Kind.STARTS, Kind.ENTRIES, Kind.SITES, Kind.POSITIONS)) {
            Section section = header.sections().get(kind.ordinal());
            require(section.kind() == kind && section.bytes() % Integer.BYTES == 0, "has no section " + kind);
            segments.add(mapped.asSlice(at, section.bytes()));
            at += section.pages();
        }
        return new AddressMap(
                header.imports(),
                header.functions(),
                new SortedInts(segments.get(0)),
                new SortedInts(segments.get(1)),
                new SortedInts(segments.get(2)),
                segments.get(3));
    }

    private static void require(boolean condition, String otherwise) throws DamagedImageException {
        if (!condition) {
            throw new DamagedImageException(otherwise);
        }
    }
}
