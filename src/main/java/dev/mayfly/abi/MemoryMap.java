package dev.mayfly.abi;

/**
 * Where things are in a guest's virtual address space, in bytes.
 *
 * <pre>
 * 0                  linear memory, up to its current size; behind it nothing is backed
 * LINEAR_WINDOW      end of what an index and an offset of 32 bits each can reach, with a vector's width to spare
 * IMAGE              code | constants | context | globals | tables | ... | guard | stack
 * IMAGE + IMAGE_SPAN end
 * </pre>
 *
 * <p>Linear memory begins at address zero, so that a WebAssembly address, once it is in a register, is a guest address:
 * no base register, no addition. Everything else lies within reach of a 32-bit displacement from the code, so that
 * the context and the globals are reached relative to the instruction pointer: no register is set aside at all.
 *
 * <p>Every address up to the end of the image that is not backed is mapped, but to host memory that cannot be accessed:
 * touching it ends {@code KVM_RUN} with {@code EFAULT} at the instruction that did.
 */
public final class MemoryMap {

    /** Of a page of the guest's page tables. */
    public static final int PAGE = 4096;

    /** Where linear memory begins. */
    public static final long LINEAR_MEMORY = 0;

    /** What a 32-bit index and a 32-bit offset can reach, and 2 MiB more for the width of an access. */
    public static final long LINEAR_WINDOW = (1L << 33) + (2L << 20);

    /** Where the image begins, with its code. */
    public static final long IMAGE = 1L << 34;

    /** How far the image, the stack included, may extend: the reach of a signed 32-bit displacement. */
    public static final long IMAGE_SPAN = 1L << 30;

    /** The stack's end: it grows down from here. */
    public static final long STACK_TOP = IMAGE + IMAGE_SPAN;

    /** Below the lowest page of the stack. No frame may be larger, so none can step over it. */
    public static final long STACK_GUARD = 16L << 20;

    private MemoryMap() {}
}
