package dev.mayfly.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.disk.FileLimits;
import dev.mayfly.wasi.Preview1;
import dev.mayfly.wasi.SystemCallPolicy;
import dev.mayfly.wasi.SystemCallRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemCallConfigurationTest {

    private final JsonColumn.OfConfiguration column = new JsonColumn.OfConfiguration();

    @Test
    void whatIsStoredIsReadAgain() {
        SystemCalls calls = SystemCalls.of(Map.of("default", "deny:nosys", "fd_write", "allow", "fd_read", "trap"));
        FunctionConfiguration configuration = new FunctionConfiguration(
                "", Map.of(), List.of(), new FunctionLimits(1, 2, 3, 4, 5, 6, 7), HttpMode.RAW, null, calls);
        String stored = String.valueOf(column.convertToDatabaseColumn(configuration));
        assertThat(stored).contains("\"systemCalls\":{\"default\":\"deny:nosys\",\"fd_read\":\"trap\"");
        assertThat(column.convertToEntityAttribute(stored)).isEqualTo(configuration);
    }

    @Test
    void versionsOfBeforeThereWereRulesMakeAllCallsAndNoFiles() {
        FunctionConfiguration configuration = Objects.requireNonNull(column.convertToEntityAttribute(
                "{\"description\":\"\",\"env\":{},\"args\":[],\"limits\":{\"memoryMiB\":128,\"timeoutMs\":10000,"
                        + "\"maxInputBytes\":1,\"maxOutputBytes\":1,\"maxStackKiB\":1024},\"http\":\"raw\"}"));
        assertThat(configuration.systemCalls()).isEqualTo(SystemCalls.ALL);
        assertThat(configuration.limits().fileLimits()).isEqualTo(FileLimits.NONE);
    }

    @Test
    void theOperatorsDefaultHoldsForCallsThatAreNotNamed() {
        SystemCallPolicy base =
                new SystemCallProperties(List.of("fd_seek=trap", "default=deny"), List.of()).defaultPolicy();
        SystemCallPolicy without =
                SystemCallRules.parse(Map.of("fd_read", "allow"), base).policy();
        assertThat(without.exceptions()).containsOnlyKeys("fd_read", "fd_seek");
        SystemCallPolicy with =
                SystemCallRules.parse(Map.of("default", "allow"), base).policy();
        assertThat(with).isEqualTo(SystemCallPolicy.ALLOW_ALL);
    }

    @Test
    void theCeilingBoundsTheDefaultToo() {
        SystemCallProperties properties = new SystemCallProperties(List.of("fd_seek=allow"), List.of("fd_seek=trap"));
        assertThat(properties.defaultPolicy().rule(Preview1.call("fd_seek").orElseThrow()))
                .isEqualTo(new SystemCallRule.Trap());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "fd_seek; 'fd_seek' is not of the form call=rule",
                "fd_sick=trap; 'fd_sick' must be the name of a function of wasi_snapshot_preview1",
                "fd_seek=perhaps; 'fd_seek' must be 'allow'",
                "proc_exit=deny; 'proc_exit' must be 'allow' or 'trap'"
            })
    void aMistakeInAPropertyIsNamed(String entry, String message) {
        assertThatThrownBy(() -> new SystemCallProperties(List.of(), List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mayfly.functions.system-calls.ceiling: ")
                .hasMessageContaining(message);
    }
}
