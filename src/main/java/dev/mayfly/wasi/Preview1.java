package dev.mayfly.wasi;

import static dev.mayfly.wasm.ValueType.I32;
import static dev.mayfly.wasm.ValueType.I64;

import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The functions of WASI preview 1 ({@code wasi_snapshot_preview1}), as data. Signatures are the lowered ones of its witx
 * definition: every function but {@code proc_exit} returns its error code.
 */
public final class Preview1 {

    /** The name under which modules import the functions. */
    public static final String MODULE = "wasi_snapshot_preview1";

    private static final List<SystemCall> CALLS;
    private static final Map<String, SystemCall> BY_NAME = new HashMap<>();

    static {
        Table table = new Table();
        table.add("args_get", ProgramCalls::argsGet, I32, I32);
        table.add("args_sizes_get", ProgramCalls::argsSizesGet, I32, I32);
        table.add("environ_get", ProgramCalls::environGet, I32, I32);
        table.add("environ_sizes_get", ProgramCalls::environSizesGet, I32, I32);
        table.add("clock_res_get", ClockCalls::resGet, I32, I32);
        table.add("clock_time_get", ClockCalls::timeGet, I32, I64, I32);
        table.add("fd_advise", FileCalls::advise, I32, I64, I64, I32);
        table.add("fd_allocate", FileCalls::allocate, I32, I64, I64);
        table.add("fd_close", FdCalls::close, I32);
        table.add("fd_datasync", FileCalls::datasync, I32);
        table.add("fd_fdstat_get", FdCalls::fdstatGet, I32, I32);
        table.add("fd_fdstat_set_flags", FdCalls::fdstatSetFlags, I32, I32);
        table.add("fd_fdstat_set_rights", FdCalls::fdstatSetRights, I32, I64, I64);
        table.add("fd_filestat_get", FdCalls::filestatGet, I32, I32);
        table.add("fd_filestat_set_size", FileCalls::setSize, I32, I64);
        table.add("fd_filestat_set_times", FdCalls::filestatSetTimes, I32, I64, I64, I32);
        table.add("fd_pread", FileCalls::pread, I32, I32, I32, I64, I32);
        table.add("fd_prestat_get", DirectoryCalls::prestatGet, I32, I32);
        table.add("fd_prestat_dir_name", DirectoryCalls::prestatDirName, I32, I32, I32);
        table.add("fd_pwrite", FileCalls::pwrite, I32, I32, I32, I64, I32);
        table.add("fd_read", FdCalls::read, I32, I32, I32, I32);
        table.add("fd_readdir", DirectoryCalls::readdir, I32, I32, I32, I64, I32);
        table.add("fd_renumber", FdCalls::renumber, I32, I32);
        table.add("fd_seek", FileCalls::seek, I32, I64, I32, I32);
        table.add("fd_sync", FileCalls::sync, I32);
        table.add("fd_tell", FileCalls::tell, I32, I32);
        table.add("fd_write", FdCalls::write, I32, I32, I32, I32);
        table.add("path_create_directory", PathCalls::createDirectory, I32, I32, I32);
        table.add("path_filestat_get", PathCalls::filestatGet, I32, I32, I32, I32, I32);
        table.add("path_filestat_set_times", PathCalls::filestatSetTimes, I32, I32, I32, I32, I64, I64, I32);
        table.add("path_link", PathCalls::link, I32, I32, I32, I32, I32, I32, I32);
        table.add("path_open", OpenCalls::open, I32, I32, I32, I32, I32, I64, I64, I32, I32);
        table.add("path_readlink", PathCalls::readlink, I32, I32, I32, I32, I32, I32);
        table.add("path_remove_directory", PathCalls::removeDirectory, I32, I32, I32);
        table.add("path_rename", PathCalls::rename, I32, I32, I32, I32, I32, I32);
        table.add("path_symlink", PathCalls::symlink, I32, I32, I32, I32, I32);
        table.add("path_unlink_file", PathCalls::unlinkFile, I32, I32, I32);
        table.add("poll_oneoff", PollCalls::oneoff, I32, I32, I32, I32);
        table.addWithoutResult("proc_exit", ProcessCalls::exit, I32);
        table.add("proc_raise", ProcessCalls::raise, I32);
        table.add("sched_yield", ProcessCalls::schedYield);
        table.add("random_get", RandomCalls::get, I32, I32);
        table.add("sock_accept", SocketCalls::onSocket, I32, I32, I32);
        table.add("sock_recv", SocketCalls::onSocket, I32, I32, I32, I32, I32, I32);
        table.add("sock_send", SocketCalls::onSocket, I32, I32, I32, I32, I32);
        table.add("sock_shutdown", SocketCalls::onSocket, I32, I32);
        CALLS = List.copyOf(table.calls);
        CALLS.forEach(call -> BY_NAME.put(call.name(), call));
    }

    private Preview1() {}

    /** All of them, each at the place that is its number. */
    public static List<SystemCall> calls() {
        return CALLS;
    }

    public static Optional<SystemCall> call(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The type that an import of this name must have. */
    public static Optional<FunctionType> signature(String name) {
        return call(name).map(SystemCall::signature);
    }

    private static final class Table {

        private final List<SystemCall> calls = new ArrayList<>();

        void add(String name, SystemCall.Handler handler, ValueType... parameters) {
            calls.add(new SystemCall(calls.size(), name, new FunctionType(List.of(parameters), List.of(I32)), handler));
        }

        void addWithoutResult(String name, SystemCall.Handler handler, ValueType... parameters) {
            calls.add(new SystemCall(calls.size(), name, new FunctionType(List.of(parameters), List.of()), handler));
        }
    }
}
