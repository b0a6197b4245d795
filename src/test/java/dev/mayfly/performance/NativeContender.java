package dev.mayfly.performance;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** The program as a library in this process. */
final class NativeContender implements Contender {

    private final Arena arena = Arena.ofShared();
    private final MethodHandle run;

    @SuppressWarnings("restricted") // The library is made from our source.
    NativeContender(Path library) {
        run = Linker.nativeLinker()
                .downcallHandle(
                        SymbolLookup.libraryLookup(library, arena).findOrThrow("run"),
                        FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
    }

    @Override
    public long run(int amount) {
        try {
            return (long) run.invokeExact(amount);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
