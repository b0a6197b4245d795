package dev.mayfly.sandbox;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.mayfly.sandbox.microvm.MicroVmEngine;
import dev.mayfly.sandbox.microvm.MicroVmSettings;
import dev.mayfly.sandbox.microvm.MicroVmUnavailableException;
import dev.mayfly.sandbox.wasmtime.WasmtimeEngine;
import dev.mayfly.sandbox.wasmtime.WasmtimeSettings;
import dev.mayfly.vmm.SlotOptions;
import java.time.Duration;
import java.time.InstantSource;

/** The engines, all of which must pass the tests of this package. */
public enum TestedEngine {
    WASMTIME {
        @Override
        public Engine open() throws EngineException {
            return WasmtimeEngine.create(WasmtimeSettings.DEFAULT, InstantSource.system());
        }
    },
    WASMTIME_WITHOUT_BACKTRACES {
        @Override
        public Engine open() throws EngineException {
            return WasmtimeEngine.create(new WasmtimeSettings(5_000_000, false), InstantSource.system());
        }
    },
    MICROVM {
        @Override
        public Engine open() {
            return openMicroVm(SlotOptions.DEFAULT);
        }
    },
    MICROVM_MADE_ANEW {
        @Override
        public Engine open() {
            return openMicroVm(new SlotOptions(false, 0));
        }
    };

    /** Makes one; where it cannot be, the test that asks is skipped with the reason that an operator would get. */
    public abstract Engine open() throws EngineException;

    private static Engine openMicroVm(SlotOptions slots) {
        MicroVmSettings settings = new MicroVmSettings(slots, 16, Duration.ofSeconds(10), 2);
        try {
            return MicroVmEngine.create(settings, InstantSource.system());
        } catch (MicroVmUnavailableException e) {
            return abort(String.valueOf(e.getMessage()));
        }
    }
}
