package dev.mayfly.wasi;

/** {@code sock_*}. Preview 1 cannot make a socket; it can only be given one, and none is. */
final class SocketCalls {

    private SocketCalls() {}

    static Errno onSocket(WasiProcess process, long[] a) throws ErrnoException {
        return switch (process.descriptors().get(a[0])) {
            case InputStreamDescriptor _, OutputStreamDescriptor _, FileDescriptor _, DirectoryDescriptor _ ->
                Errno.NOTSOCK;
        };
    }
}
