package dev.mayfly.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.kvm.RequiresKvm;
import dev.mayfly.sandbox.Engine;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.microvm.MicroVmEngine;
import dev.mayfly.sandbox.microvm.MicroVmUnavailableException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EngineFactoryTest {

    private static final EngineFactory.MicroVms NONE = (settings, wallClock) -> {
        throw new MicroVmUnavailableException("turn it on");
    };

    @Test
    void wasmtimeCanBeAskedForAnywhere() throws EngineException {
        assertThat(nameOf(Map.of("engine", "wasmtime"), NONE)).isEqualTo("wasmtime");
        assertThat(nameOf(Map.of("engine", "wasmtime"), MicroVmEngine::create)).isEqualTo("wasmtime");
    }

    @Test
    void takesWasmtimeWhereThereIsNoHypervisor() throws EngineException {
        assertThat(nameOf(Map.of(), NONE)).isEqualTo("wasmtime");
    }

    @Test
    void refusesToStartWithMicroVmsWhereThereIsNoHypervisorAndSaysWhatToDo() {
        assertThatThrownBy(() -> nameOf(Map.of("engine", "microvm"), NONE))
                .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, refusal -> {
                    assertThat(refusal.getName()).isEqualTo("mayfly.engine");
                    assertThat(refusal.getReason()).contains("turn it on").contains("'auto' or 'wasmtime'");
                });
    }

    /** Where there is a hypervisor. */
    @RequiresKvm
    static class WithHypervisorTest {

        @Test
        void takesMicroVms() throws EngineException {
            assertThat(nameOf(Map.of(), MicroVmEngine::create)).isEqualTo("microvm");
            assertThat(nameOf(Map.of("engine", "microvm"), MicroVmEngine::create))
                    .isEqualTo("microvm");
            assertThat(nameOf(Map.of("sandbox.fallback", "wasmtime"), MicroVmEngine::create))
                    .isEqualTo("microvm");
        }
    }

    private static String nameOf(Map<String, String> settings, EngineFactory.MicroVms microVms) throws EngineException {
        Map<String, String> properties = new HashMap<>();
        settings.forEach((name, value) -> properties.put("mayfly." + name, value));
        EngineProperties bound = new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("mayfly", EngineProperties.class);
        try (Engine engine = new EngineFactory(bound, microVms).make()) {
            return engine.name();
        }
    }
}
