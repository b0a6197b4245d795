package dev.mayfly.drill;

import dev.mayfly.testsupport.Wat;
import java.time.Duration;

/** Functions of our own, in the text format. */
final class Guests {

    private static final String IMPORTS = """
            (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
            (memory (export "memory") 1)
            """;

    private Guests() {}

    /** Reads up to 4 KiB, waits by the monotonic clock, and writes what it read. */
    static byte[] echo(long millis) {
        return Wat.toBinary(
                "(module " + IMPORTS + """
                (func (export "_start")
                  (i32.store (i32.const 0) (i32.const 1024))
                  (i32.store (i32.const 4) (i32.const 4096))
                  (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
                  (i32.store (i32.const 4) (i32.load (i32.const 8)))
                  (i32.store (i32.const 80) (i32.const 1))
                  (i64.store (i32.const 88) (i64.const %d))
                  (if (i64.ne (i64.load (i32.const 88)) (i64.const 0))
                    (then (drop (call $poll (i32.const 64) (i32.const 128) (i32.const 1) (i32.const 192)))))
                  (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
                """.formatted(Duration.ofMillis(millis).toNanos()));
    }

    /** Exits with 3. */
    static byte[] failure() {
        return Wat.toBinary("(module " + IMPORTS + "(func (export \"_start\") (call $exit (i32.const 3))))");
    }
}
