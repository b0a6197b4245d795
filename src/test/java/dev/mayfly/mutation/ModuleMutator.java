package dev.mayfly.mutation;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Damages WebAssembly binaries. Most damage keeps the framing of sections and bodies right, so that it gets past the
 * first length that would not fit; the rest is anywhere. The same seed gives the same mutants.
 */
final class ModuleMutator {

    private static final int HEADER = 8;
    private static final int CODE_SECTION = 10;
    private static final int MOST_MUTATIONS = 3;

    private static final int LOCAL_GET = 0x20;
    private static final int I64_CONST = 0x42;

    /** First and last opcode of instructions that take and give the same types: comparisons, then arithmetic. */
    private static final int[][] ALIKE = {
        {0x46, 0x4f}, {0x51, 0x5a}, {0x5b, 0x60}, {0x61, 0x66}, {0x67, 0x69}, {0x6a, 0x78}, {0x79, 0x7b},
        {0x7c, 0x8a}, {0x8b, 0x91}, {0x92, 0x98}, {0x99, 0x9f}, {0xa0, 0xa6}, {0xa8, 0xab}, {0xae, 0xb1}
    };

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
            module = random.nextInt(4) > 0 ? mutateStructure(module) : mutateBytes(module);
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
        switch (random.nextInt(16)) {
            case 0 -> sections.remove(at);
            case 1 -> sections.add(random.nextInt(sections.size() + 1), section);
            case 2 -> Collections.swap(sections, at, random.nextInt(sections.size()));
            case 3 -> sections.set(at, new Section((byte) random.nextInt(14), section.content()));
            case 4 -> sections.set(at, foreignSection(section));
            case 5 -> sections.set(at, new Section(section.id(), mutateBytes(section.content())));
            case 6, 7 -> sections.set(at, mutateEntry(section));
            default -> sections.replaceAll(each -> each.id() == CODE_SECTION ? mutateEntry(each) : each);
        }
        return write(sections);
    }

    /** Changes one function body and corrects its length, or anything of another section. */
    private Section mutateEntry(Section section) {
        List<byte[]> bodies = section.id() == CODE_SECTION ? bodies(section.content()) : List.of();
        if (bodies.isEmpty()) {
            return new Section(section.id(), mutateBytes(section.content()));
        }
        int at = random.nextInt(bodies.size());
        bodies.set(at, mutateBody(bodies, bodies.get(at)));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        writeLeb(content, bodies.size());
        for (byte[] body : bodies) {
            writeLeb(content, body.length);
            content.writeBytes(body);
        }
        return new Section(section.id(), content.toByteArray());
    }

    private byte[] mutateBody(List<byte[]> bodies, byte[] body) {
        return switch (random.nextInt(8)) {
            case 0 -> pick(bodies);
            case 1 -> mutateBytes(body);
            default -> mutateInstruction(body);
        };
    }

    /** Changes an instruction into one of the same type, or its immediate, so that the body is often still valid. */
    private byte[] mutateInstruction(byte[] body) {
        byte[] mutant = body.clone();
        for (int tries = 0; tries < 32 && body.length > 1; tries++) {
            int at = random.nextInt(body.length - 1);
            int opcode = body[at] & 0xff;
            if (opcode >= LOCAL_GET && opcode <= I64_CONST) {
                mutant[at + 1] = (byte) (body[at + 1] ^ (1 << random.nextInt(6)));
                return mutant;
            }
            for (int[] alike : ALIKE) {
                if (opcode >= alike[0] && opcode <= alike[1]) {
                    mutant[at] = (byte) random.nextInt(alike[0], alike[1] + 1);
                    return mutant;
                }
            }
        }
        return mutateBytes(body);
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
