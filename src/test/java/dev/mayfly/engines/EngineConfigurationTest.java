package dev.mayfly.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.sandbox.Engine;
import dev.mayfly.sandbox.EngineException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EngineConfigurationTest {

    @ParameterizedTest
    @ValueSource(strings = {"auto", "wasmtime"})
    void runsOnWasmtime(String choice) throws EngineException {
        try (Engine engine = engine(choice)) {
            assertThat(engine.name()).isEqualTo("wasmtime");
        }
    }

    @Test
    void refusesToStartWithAnEngineThatIsNotThere() {
        assertThatThrownBy(() -> engine("microvm"))
                .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, refusal -> {
                    assertThat(refusal.getName()).isEqualTo("mayfly.engine");
                    assertThat(refusal.getReason()).contains("'auto' or 'wasmtime'");
                });
    }

    private static Engine engine(String choice) throws EngineException {
        EngineProperties properties = new Binder(new MapConfigurationPropertySource(Map.of("mayfly.engine", choice)))
                .bindOrCreate("mayfly", EngineProperties.class);
        return new EngineConfiguration().engine(properties);
    }
}
