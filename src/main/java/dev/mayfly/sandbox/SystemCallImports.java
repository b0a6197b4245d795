package dev.mayfly.sandbox;

import dev.mayfly.wasi.Preview1;
import dev.mayfly.wasi.SystemCall;
import dev.mayfly.wasm.Import;
import dev.mayfly.wasm.Module;
import java.util.ArrayList;
import java.util.List;

/** What is behind a module's imports. */
public final class SystemCallImports {

    private SystemCallImports() {}

    /**
     * The system call behind each import, in order.
     *
     * @throws EngineException if one is something else, which {@link RuntimeConstraints} should have refused
     */
    public static List<SystemCall> of(Module module) throws EngineException {
        List<SystemCall> calls = new ArrayList<>();
        for (Import wanted : module.imports()) {
            calls.add(Preview1.call(wanted.name())
                    .filter(call -> wanted.module().equals(Preview1.MODULE))
                    .orElseThrow(() -> new EngineException("import of " + wanted.module() + '.' + wanted.name()
                            + " should have been refused before")));
        }
        return List.copyOf(calls);
    }
}
