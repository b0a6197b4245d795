package dev.mayfly.wasm;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Builds binaries for tests, byte by byte, so that they may be wrong in any way. */
public final class ModuleBytes {

    private static final String HEADER = "00 61 73 6d 01 00 00 00";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private ModuleBytes() {}

    /** A binary that has the header of a module so far. */
    public static ModuleBytes module() {
        return new ModuleBytes().raw(HEADER);
    }

    /** The bytes that a text of hexadecimal digits and blanks says. */
    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    public ModuleBytes raw(String hex) {
        bytes.writeBytes(hex(hex));
        return this;
    }

    /** A section with its right size. */
    public ModuleBytes section(int id, String hex) {
        return section(id, hex(hex));
    }

    public ModuleBytes section(int id, byte[] contents) {
        bytes.write(id);
        bytes.writeBytes(unsigned(contents.length));
        bytes.writeBytes(contents);
        return this;
    }

    /** A code section with one function that has no local variables. */
    public ModuleBytes code(String instructions) {
        return code(hex(instructions));
    }

    public ModuleBytes code(byte[] instructions) {
        ByteArrayOutputStream contents = new ByteArrayOutputStream();
        contents.write(1);
        contents.writeBytes(unsigned(instructions.length + 1));
        contents.write(0);
        contents.writeBytes(instructions);
        return section(Section.CODE, contents.toByteArray());
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    /** A number in LEB128. */
    public static byte[] unsigned(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long left = value;
        while (left >= 0x80) {
            out.write((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
        return out.toByteArray();
    }
}
