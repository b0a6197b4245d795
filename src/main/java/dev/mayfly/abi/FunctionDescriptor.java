package dev.mayfly.abi;

/**
 * What a reference to a function points to, in bytes from its start. It lies among the constants; a null reference is
 * zero. A table's element is a reference, 8 bytes.
 */
public final class FunctionDescriptor {

    /** The address of the function's code, 64 bits. */
    public static final int CODE = 0;

    /** The number of the function's type, 32 bits: equal for equal types. */
    public static final int TYPE = 8;

    public static final int BYTES = 16;

    private FunctionDescriptor() {}
}
