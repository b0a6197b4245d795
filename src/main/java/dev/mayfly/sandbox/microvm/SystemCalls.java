package dev.mayfly.sandbox.microvm;

import dev.mayfly.vmm.GuestMemory;
import dev.mayfly.vmm.Hypercalls;
import dev.mayfly.wasi.SystemCall;
import dev.mayfly.wasi.WasiProcess;
import dev.mayfly.wasm.ValueType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Serves one instance's import calls, all of which are system calls. */
final class SystemCalls implements Hypercalls {

    private final List<SystemCall> imports;
    private final WasiProcess process;
    private final ContextFrame frame;
    private final long[] arguments = new long[SystemCall.MAX_PARAMETERS];
    private @Nullable Throwable thrown;

    SystemCalls(List<SystemCall> imports, WasiProcess process, ContextFrame frame) {
        this.imports = imports;
        this.process = process;
        this.frame = frame;
    }

    /** What ended the instance, or was wrong, during a call. */
    Optional<Throwable> thrown() {
        return Optional.ofNullable(thrown);
    }

    @Override
    public Next importCall(int index, GuestMemory memory) {
        try {
            serve(imports.get(checked(index)));
            return Next.RESUME;
        } catch (Throwable e) {
            thrown = e;
            return Next.STOP;
        }
    }

    /** The compiler knows no other numbers than these: whoever makes one up did not come from it. */
    private int checked(int index) throws BogusHypercallException {
        if (index < 0 || index >= imports.size()) {
            throw new BogusHypercallException(
                    "import " + Integer.toUnsignedString(index) + " of " + imports.size() + " was called");
        }
        return index;
    }

    private void serve(SystemCall call) {
        List<ValueType> parameters = call.signature().parameters();
        for (int i = 0; i < parameters.size(); i++) {
            arguments[i] = frame.get(i, parameters.get(i));
        }
        frame.set(0, process.call(call, arguments).code());
    }
}
