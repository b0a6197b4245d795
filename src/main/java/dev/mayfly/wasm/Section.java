package dev.mayfly.wasm;

/**
 * Where a section of a binary stands (core specification 2.0, section 5.5.2).
 *
 * @param id the section's id; 0 for a custom section
 * @param offset of the section's id byte, in bytes from the start of the binary
 * @param contentOffset of the section's contents, behind its id and size
 * @param contentSize in bytes
 */
public record Section(int id, long offset, long contentOffset, long contentSize) {

    public static final int CUSTOM = 0;
    public static final int TYPE = 1;
    public static final int IMPORT = 2;
    public static final int FUNCTION = 3;
    public static final int TABLE = 4;
    public static final int MEMORY = 5;
    public static final int GLOBAL = 6;
    public static final int EXPORT = 7;
    public static final int START = 8;
    public static final int ELEMENT = 9;
    public static final int CODE = 10;
    public static final int DATA = 11;
    public static final int DATA_COUNT = 12;

    /** The offset of the first byte behind the section. */
    public long end() {
        return contentOffset + contentSize;
    }
}
