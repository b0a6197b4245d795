package dev.mayfly.disks;

import dev.mayfly.artifacts.ModuleDigest;
import dev.mayfly.artifacts.UploadException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An image that was uploaded to a file. */
record StagedImage(ModuleDigest digest, long bytes) {

    private static final int BUFFER_BYTES = 64 * 1024;

    /** There are more bytes than there may be. */
    static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    static StagedImage write(InputStream upload, Path file, long maxBytes) throws IOException {
        MessageDigest hash = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        try (OutputStream target = Files.newOutputStream(file)) {
            for (int count = read(upload, buffer); count >= 0; count = read(upload, buffer)) {
                bytes += count;
                if (bytes > maxBytes) {
                    throw new TooLargeException();
                }
                hash.update(buffer, 0, count);
                target.write(buffer, 0, count);
            }
        }
        return new StagedImage(new ModuleDigest(HexFormat.of().formatHex(hash.digest())), bytes);
    }

    private static int read(InputStream upload, byte[] buffer) throws UploadException {
        try {
            return upload.read(buffer);
        } catch (IOException e) {
            throw new UploadException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
