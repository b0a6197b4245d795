package dev.mayfly.archives;

import dev.mayfly.testsupport.Wat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A WASI program that does one thing to files after the other, and exits with the error code of the first that fails. */
public final class FileScript {

    private static final int CREATE = 1;
    private static final int CREATE_TRUNCATE = 9;
    private static final String RIGHTS = "(i64.const 4194662)"; // fd_read, fd_seek, fd_write, fd_allocate, set_size
    private static final String ROOT = "(i32.const 3)";

    private final List<String> data = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private final Map<String, Integer> texts = new HashMap<>();
    private int free = 1024;

    /** Makes a file, or overwrites one. */
    public FileScript write(String path, String contents) {
        open(path, CREATE_TRUNCATE);
        steps.add("(i32.store (i32.const 8) (i32.const %d))".formatted(text(contents)));
        steps.add("(i32.store (i32.const 12) (i32.const %d))".formatted(utf8(contents).length));
        return call("fd_write", "(i32.load (i32.const 0)) (i32.const 8) (i32.const 1) (i32.const 16)");
    }

    /** Makes a file of so many zeros. */
    public FileScript grow(String path, long size) {
        open(path, CREATE);
        return call("fd_filestat_set_size", "(i32.load (i32.const 0)) (i64.const %d)".formatted(size));
    }

    public FileScript read(String path) {
        open(path, 0);
        steps.add("(i32.store (i32.const 8) (i32.const 512))");
        steps.add("(i32.store (i32.const 12) (i32.const 100))");
        return call("fd_read", "(i32.load (i32.const 0)) (i32.const 8) (i32.const 1) (i32.const 16)");
    }

    public FileScript mkdir(String path) {
        return call("path_create_directory", ROOT + path(path));
    }

    public FileScript unlink(String path) {
        return call("path_unlink_file", ROOT + path(path));
    }

    public FileScript rmdir(String path) {
        return call("path_remove_directory", ROOT + path(path));
    }

    public FileScript rename(String path, String to) {
        return call("path_rename", ROOT + path(path) + ROOT + path(to));
    }

    public FileScript link(String path, String to) {
        return call("path_link", ROOT + "(i32.const 0)" + path(path) + ROOT + path(to));
    }

    public FileScript symlink(String target, String path) {
        return call("path_symlink", path(target) + ROOT + path(path));
    }

    /** Sets the time of change, in nanoseconds. */
    public FileScript touch(String path, long time) {
        return call(
                "path_filestat_set_times",
                ROOT + "(i32.const 0)" + path(path) + "(i64.const 0) (i64.const %d) (i32.const 4)".formatted(time));
    }

    public FileScript exit(int code) {
        steps.add("(call $proc_exit (i32.const %d))".formatted(code));
        return this;
    }

    public FileScript trap() {
        steps.add("(unreachable)");
        return this;
    }

    public FileScript loop() {
        steps.add("(loop (br 0))");
        return this;
    }

    private void open(String path, int flags) {
        call(
                "path_open",
                ROOT + "(i32.const 0)" + path(path) + "(i32.const %d)".formatted(flags) + RIGHTS
                        + "(i64.const 0) (i32.const 0) (i32.const 0)");
    }

    private FileScript call(String name, String arguments) {
        steps.add("(call $check (call $%s %s))".formatted(name, arguments));
        return this;
    }

    private String path(String path) {
        return " (i32.const %d) (i32.const %d) ".formatted(text(path), utf8(path).length);
    }

    private int text(String text) {
        return texts.computeIfAbsent(text, this::put);
    }

    private int put(String text) {
        byte[] bytes = utf8(text);
        StringBuilder literal = new StringBuilder();
        for (byte b : bytes) {
            literal.append("\\%02x".formatted(b));
        }
        data.add("(data (i32.const %d) \"%s\")".formatted(free, literal));
        int at = free;
        free += bytes.length;
        return at;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String imported(String name, String parameters) {
        return "(import \"wasi_snapshot_preview1\" \"%s\" (func $%s (param %s) (result i32)))"
                .formatted(name, name, parameters);
    }

    /** The program. */
    public byte[] module() {
        return Wat.toBinary(List.of(
                        "(module",
                        imported("path_open", "i32 i32 i32 i32 i32 i64 i64 i32 i32"),
                        imported("fd_write", "i32 i32 i32 i32"),
                        imported("fd_read", "i32 i32 i32 i32"),
                        imported("fd_filestat_set_size", "i32 i64"),
                        imported("path_create_directory", "i32 i32 i32"),
                        imported("path_unlink_file", "i32 i32 i32"),
                        imported("path_remove_directory", "i32 i32 i32"),
                        imported("path_rename", "i32 i32 i32 i32 i32 i32"),
                        imported("path_link", "i32 i32 i32 i32 i32 i32 i32"),
                        imported("path_symlink", "i32 i32 i32 i32 i32"),
                        imported("path_filestat_set_times", "i32 i32 i32 i32 i64 i64 i32"),
                        "(import \"wasi_snapshot_preview1\" \"proc_exit\" (func $proc_exit (param i32)))",
                        "(memory (export \"memory\") 32)",
                        String.join("\n", data),
                        "(func $check (param i32) (if (local.get 0) (then (call $proc_exit (local.get 0)))))",
                        "(func (export \"_start\")",
                        String.join("\n", steps),
                        "))")
                .stream()
                .collect(Collectors.joining("\n")));
    }
}
