package dev.mayfly.abi;

/** What compiled code knows of a table, in bytes from its start. It lies among the data, one behind the other. */
public final class TableDescriptor {

    /** The address of the first element, 64 bits. */
    public static final int ELEMENTS = 0;

    /** The current number of elements, 64 bits. */
    public static final int SIZE = 8;

    /** How many elements it may grow to, 64 bits. */
    public static final int CAPACITY = 16;

    public static final int BYTES = 32;

    /** Of an element: a reference. */
    public static final int ELEMENT_BYTES = 8;

    private TableDescriptor() {}
}
