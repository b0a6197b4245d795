package dev.mayfly.sandbox;

import java.util.List;

/** What is called in a fresh instance. */
public sealed interface EntryPoint {

    /** A WASI preview 1 command: {@code _start}, which ends by returning or by {@code proc_exit}. */
    record Command() implements EntryPoint {}

    /** A WASI preview 1 reactor: {@code _initialize} if it is exported, then one exported function. */
    record Reactor(String export, List<WasmValue> arguments) implements EntryPoint {
        public Reactor {
            arguments = List.copyOf(arguments);
        }
    }
}
