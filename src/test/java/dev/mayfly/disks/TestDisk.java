package dev.mayfly.disks;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.disk.formats.DiskImporter;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskLimits;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A disk as it is kept, with a function that shows a file of it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TestDisk(ContentDigest digest, byte[] bytes) {

    /** Copies the file {@code file} of its root, up to 64 KiB, to standard output. Exits with 1 if there is none. */
    public static final String SHOW = """
            (module
              (import "wasi_snapshot_preview1" "path_open"
                (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 2)
              (data (i32.const 100) "file")
              (func (export "_start")
                (if (call $open (i32.const 3) (i32.const 0) (i32.const 100) (i32.const 4) (i32.const 0)
                      (i64.const 2) (i64.const 2) (i32.const 0) (i32.const 16))
                  (then (call $exit (i32.const 1))))
                (i32.store (i32.const 0) (i32.const 1024))
                (i32.store (i32.const 4) (i32.const 65536))
                (if (call $read (i32.load (i32.const 16)) (i32.const 0) (i32.const 1) (i32.const 8))
                  (then (call $exit (i32.const 2))))
                (i32.store (i32.const 4) (i32.load (i32.const 8)))
                (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 12)))))
            """;

    /** A disk with one file {@code file} in it. */
    public static TestDisk of(String contents) {
        try {
            Path image = Files.createTempFile("image", ".tar");
            Path disk = Files.createTempFile("disk", "");
            try (FileChannel target = FileChannel.open(disk, StandardOpenOption.WRITE)) {
                Files.write(image, TarImages.of("file", contents));
                String sha256 = new DiskImporter(new DiskLimits(1_000_000_000, 1000))
                        .lay(image, target)
                        .disk()
                        .sha256();
                return new TestDisk(new ContentDigest(sha256), Files.readAllBytes(disk));
            } finally {
                Files.delete(image);
                Files.delete(disk);
            }
        } catch (IOException | DiskImageException e) {
            throw new AssertionError(e);
        }
    }
}
