package dev.mayfly.disk.layout;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that many threads read. One that is interrupted closes the channel it reads from, for all; so the channel is
 * opened again for the next. Thread-safe.
 */
final class SharedFile implements AutoCloseable {

    private final Path path;
    private volatile FileChannel channel;
    private boolean closed;

    SharedFile(Path path) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
    }

    long size() throws IOException {
        return channel.size();
    }

    /**
     * Fills a buffer.
     *
     * @throws IOException if the file cannot be read, ends before, or was closed
     */
    void read(long position, ByteBuffer target) throws IOException {
        boolean interrupted = false;
        int start = target.position();
        try {
            while (target.hasRemaining()) {
                FileChannel from = channel;
                try {
                    readFrom(from, position - start, target);
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    reopen(from);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void readFrom(FileChannel channel, long offset, ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target, offset + target.position()) < 0) {
                throw new EOFException("the file ends early");
            }
        }
    }

    private synchronized void reopen(FileChannel broken) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (channel == broken) {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
