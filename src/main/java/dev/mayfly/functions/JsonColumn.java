package dev.mayfly.functions;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A value that is stored as JSON text. Fields that a later release added do not trouble an earlier one; numbers that an
 * earlier one did not know are 0.
 */
abstract sealed class JsonColumn<T> implements AttributeConverter<T, String> {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final Class<T> type;

    private JsonColumn(Class<T> type) {
        this.type = type;
    }

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable T value) {
        return value == null ? null : JSON.writeValueAsString(value);
    }

    @Override
    public @Nullable T convertToEntityAttribute(@Nullable String text) {
        return text == null ? null : JSON.readValue(text, type);
    }

    @Converter
    static final class OfConfiguration extends JsonColumn<FunctionConfiguration> {
        OfConfiguration() {
            super(FunctionConfiguration.class);
        }
    }

    @Converter
    static final class OfModuleInterface extends JsonColumn<ModuleInterface> {
        OfModuleInterface() {
            super(ModuleInterface.class);
        }
    }
}
