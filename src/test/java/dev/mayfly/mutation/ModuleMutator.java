package dev.mayfly.mutation;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Damages WebAssembly binaries. Half of the mutants keep the framing of their sections right, so that the damage gets
 * past the first length that would not fit; the others are damaged anywhere. The same seed gives the same mutants.
 */
final class ModuleMutator {

    private static final int HEADER = 8;
    private static final int CODE_SECTION = 10;
    private static final int MOST_MUTATIONS = 4;

    /** Values at which encodings and checks change their mind, as LEB128 or as plain bytes. */
    private static final byte[][] EDGES = {
        {0},
        {1},
        {0x3f},
        {0x40},
        {0x7f},
        {(byte) 0x80, 0},
        {(byte) 0x80, 1},
        {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f},
        {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f},
        {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0},
        {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x08},
        {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07},
        {(byte) 0x80, (byte) 0x80, 4},
    };

    private final List<byte[]> corpus;
    private final RandomGenerator random;

    /**
     * @param corpus well-formed modules to start from
     * @param random decides everything
     */
    ModuleMutator(List<byte[]> corpus, RandomGenerator random) {
        this.corpus = List.copyOf(corpus);
        this.random = random;
    }

    /** The next mutant. */
    byte[] next() {
        byte[] module = pick(corpus).clone();
        int mutations = 1 + random.nextInt(MOST_MUTATIONS);
        for (int i = 0; i < mutations; i++) {
            module = random.nextBoolean() ? mutateStructure(module) : mutateBytes(module);
        }
        return module;
    }

    private byte[] mutateStructure(byte[] module) {
        List<Section> sections = sections(module);
        if (sections.isEmpty()) {
            return mutateBytes(module);
        }
        int at = random.nextInt(sections.size());
        Section section = sections.get(at);
        switch (random.nextInt(8)) {
            case 0 -> sections.remove(at);
            case 1 -> sections.add(random.nextInt(sections.size() + 1), section);
            case 2 -> Collections.swap(sections, at, random.nextInt(sections.size()));
            case 3 -> sections.set(at, new Section((byte) random.nextInt(14), section.content()));
            case 4 -> sections.set(at, foreignSection(section));
            case 5 -> sections.set(at, new Section(section.id(), mutateBytes(section.content())));
            default -> sections.set(at, mutateEntry(section));
        }
        return write(sections);
    }

    /** Damages one function body and corrects its length, or anything of another section. */
    private Section mutateEntry(Section section) {
        List<byte[]> bodies = section.id() == CODE_SECTION ? bodies(section.content()) : List.of();
        if (bodies.isEmpty()) {
            return new Section(section.id(), mutateBytes(section.content()));
        }
        int at = random.nextInt(bodies.size());
        bodies.set(at, random.nextInt(4) == 0 ? pick(bodies) : mutateBytes(bodies.get(at)));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        writeLeb(content, bodies.size());
        for (byte[] body : bodies) {
            writeLeb(content, body.length);
            content.writeBytes(body);
        }
        return new Section(section.id(), content.toByteArray());
    }

    private Section foreignSection(Section section) {
        return sections(pick(corpus)).stream()
                .filter(other -> other.id() == section.id())
                .findFirst()
                .orElse(section);
    }

    private byte[] mutateBytes(byte[] bytes) {
        if (bytes.length == 0) {
            return pick(List.of(EDGES)).clone();
        }
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(16));
        return switch (random.nextInt(8)) {
            case 0 -> replace(bytes, at, 1, new byte[] {(byte) (bytes[at] ^ (1 << random.nextInt(8)))});
            case 1 -> replace(bytes, at, 1, new byte[] {(byte) random.nextInt(256)});
            case 2 -> replace(bytes, at, 1, pick(List.of(EDGES)));
            case 3 -> replace(bytes, at, 0, pick(List.of(EDGES)));
            case 4 -> replace(bytes, at, length, new byte[0]);
            case 5 -> replace(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
            case 6 -> replace(bytes, at, length, excerpt(pick(corpus), length));
            default -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : replace(bytes, at, 1, new byte[] {0x0b});
        };
    }

    private byte[] excerpt(byte[] bytes, int length) {
        int at = random.nextInt(bytes.length);
        return Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + length));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static byte[] replace(byte[] bytes, int at, int length, byte[] replacement) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.writeBytes(replacement);
        out.write(bytes, at + length, bytes.length - at - length);
        return out.toByteArray();
    }

    /** As many sections as can be told apart. */
    private static List<Section> sections(byte[] module) {
        List<Section> sections = new ArrayList<>();
        Cursor cursor = new Cursor(module, Math.min(HEADER, module.length));
        while (cursor.hasMore()) {
            byte id = cursor.readByte();
            byte[] content = cursor.readVector();
            sections.add(new Section(id, content));
        }
        return sections;
    }

    private static List<byte[]> bodies(byte[] content) {
        List<byte[]> bodies = new ArrayList<>();
        Cursor cursor = new Cursor(content, 0);
        cursor.readLeb();
        while (cursor.hasMore()) {
            bodies.add(cursor.readVector());
        }
        return bodies;
    }

    private static byte[] write(List<Section> sections) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        for (Section section : sections) {
            out.write(section.id());
            writeLeb(out, section.content().length);
            out.writeBytes(section.content());
        }
        return out.toByteArray();
    }

    private static void writeLeb(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Section(byte id, byte[] content) {}

    /** Reads what may already be damaged: ends early instead of failing. */
    private static final class Cursor {

        private final byte[] bytes;
        private int position;

        Cursor(byte[] bytes, int position) {
            this.bytes = bytes;
            this.position = position;
        }

        boolean hasMore() {
            return position < bytes.length;
        }

        byte readByte() {
            return hasMore() ? bytes[position++] : 0;
        }

        int readLeb() {
            int value = 0;
            for (int shift = 0; shift < 32; shift += 7) {
                byte next = readByte();
                value |= (next & 0x7f) << shift;
                if (next >= 0) {
                    break;
                }
            }
            return value;
        }

        byte[] readVector() {
            int length = readLeb();
            int end = length < 0 || length > bytes.length - position ? bytes.length : position + length;
            byte[] content = Arrays.copyOfRange(bytes, position, end);
            position = end;
            return content;
        }
    }
}
