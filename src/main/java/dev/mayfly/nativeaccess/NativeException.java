package dev.mayfly.nativeaccess;

/** A system call failed. The message names the call, what it was for, and the error; it is for operators. */
public final class NativeException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int number;

    /**
     * @param call what was attempted, for example {@code mmap of 4096 bytes}
     * @param errno why it failed
     */
    public NativeException(String call, Errno errno) {
        super(call + ": " + errno);
        this.number = errno.number();
    }

    /** Why the call failed. */
    public Errno errno() {
        return new Errno(number);
    }

    /** The result of a call that answers a negated error number, or the exception that it stands for. */
    static long check(long result, String call) throws NativeException {
        if (result < 0) {
            throw new NativeException(call, new Errno((int) -result));
        }
        return result;
    }
}
