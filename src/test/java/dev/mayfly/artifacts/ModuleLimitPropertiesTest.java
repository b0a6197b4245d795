package dev.mayfly.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.sandbox.ModuleLimits;
import dev.mayfly.wasm.binary.BinaryLimits;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ModuleLimitPropertiesTest {

    private final ModuleLimitProperties defaults = new Binder(new MapConfigurationPropertySource())
            .bindOrCreate("mayfly.modules.limits", ModuleLimitProperties.class);

    @Test
    void theDefaultsAreThoseOfTheDecoderExceptWhereTheRuntimeIsNarrower() {
        BinaryLimits own = BinaryLimits.DEFAULT;
        ModuleLimits narrow = ModuleLimits.DEFAULT;

        assertThat(defaults.forDecoding())
                .isEqualTo(new BinaryLimits(
                        own.customSections(),
                        own.types(),
                        own.functions(),
                        narrow.imports(),
                        narrow.exports(),
                        narrow.globals(),
                        narrow.tables(),
                        own.elementSegments(),
                        own.dataSegments(),
                        own.parameters(),
                        own.results(),
                        own.locals(),
                        own.bodySize(),
                        own.nameLength(),
                        own.functionNameBytes(),
                        own.nestingDepth(),
                        own.operands()));
    }

    @Test
    void theDefaultsAreThoseOfTheRuntime() {
        assertThat(defaults.forRunning()).isEqualTo(ModuleLimits.DEFAULT);
    }
}
