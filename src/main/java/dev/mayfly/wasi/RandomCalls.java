package dev.mayfly.wasi;

/** {@code random_get}. */
final class RandomCalls {

    private RandomCalls() {}

    /** In pieces, so that neither a buffer of 4 GiB is made for a guest nor its deadline missed. */
    static Errno get(WasiProcess process, long[] a) throws ErrnoException {
        long address = a[0];
        long left = a[1];
        process.memory().require(address, left);
        byte[] chunk = process.randomBytes();
        while (left > 0) {
            process.requireTimeLeft();
            process.host().random().nextBytes(chunk);
            int length = (int) Math.min(left, chunk.length);
            process.memory().putBytes(address, chunk, length);
            address += length;
            left -= length;
        }
        return Errno.SUCCESS;
    }
}
