package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.wasm.FunctionType;
import io.github.kawamuray.wasmtime.Engine;
import io.github.kawamuray.wasmtime.Module;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The compiled {@link Launcher}s of one engine. The binding locks a module while an instance of it is made, which for a
 * launcher is as long as the guest runs; so each running instance borrows one for itself.
 */
final class Launchers implements AutoCloseable {

    private final Engine engine;
    private final boolean started;
    private final Map<FunctionType, Deque<Module>> idle = new ConcurrentHashMap<>();

    /**
     * Starts without any.
     *
     * @param started whether they run when they are instantiated
     */
    Launchers(Engine engine, boolean started) {
        this.engine = engine;
        this.started = started;
    }

    boolean started() {
        return started;
    }

    /** A launcher that nobody else uses, compiled if there is none. To be given back. */
    Module borrow(FunctionType type) {
        Module launcher = idleOf(type).poll();
        return launcher != null ? launcher : Module.fromBinary(engine, Launcher.module(type, started));
    }

    void giveBack(FunctionType type, Module launcher) {
        idleOf(type).push(launcher);
    }

    @Override
    public void close() {
        idle.values().forEach(launchers -> launchers.forEach(Module::dispose));
    }

    private Deque<Module> idleOf(FunctionType type) {
        return idle.computeIfAbsent(type, unused -> new ConcurrentLinkedDeque<>());
    }
}
