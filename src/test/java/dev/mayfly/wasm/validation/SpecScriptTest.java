package dev.mayfly.wasm.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.spec.SpecCommand;
import dev.mayfly.wasm.spec.SpecScript;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every module of the official scripts is found malformed, invalid or valid, as the script says. A ratchet: what does not
 * agree is listed with its reason, the list must not be longer than it has to be, no script in the folder is left out,
 * and none may drop out unnoticed.
 */
class SpecScriptTest {

    /** Single commands, by script and line, whose outcome differs, with the reason. */
    private static final Map<String, String> DEVIATIONS = Map.of(
            "memory_init.wast:190",
            "malformed rather than invalid: the converter writes no data count section for a module without data"
                    + " segments, but the binary format demands one for data.drop",
            "memory_init.wast:227",
            "malformed rather than invalid: the same for memory.init");

    private static final int SCRIPTS = 148;
    private static final int MODULES_JUDGED = 4581;
    /** Refused modules whose error begins with the words that the script expects. */
    private static final int ERRORS_IN_THE_WORDS_OF_THE_SPECIFICATION = 2851;
    /** Malformed in the text format: work of a text parser, which Mayfly does not have. */
    private static final int TEXT_FORMAT_COMMANDS = 1091;

    private final List<String> disagreements = new ArrayList<>();
    private final Map<String, Integer> tally = new HashMap<>();

    @Test
    void everyModuleOfEveryScriptIsJudgedAsTheScriptSays() throws IOException {
        List<SpecScript> scripts = SpecScript.all();
        for (SpecScript script : scripts) {
            for (SpecCommand command : script.commands()) {
                judge(script, command);
            }
        }
        assertThat(scripts).hasSizeGreaterThanOrEqualTo(SCRIPTS);
        assertThat(new TreeSet<>(disagreements)).isEqualTo(new TreeSet<>(DEVIATIONS.keySet()));
        assertThat(count("judged")).isGreaterThanOrEqualTo(MODULES_JUDGED);
        assertThat(count("same words")).isGreaterThanOrEqualTo(ERRORS_IN_THE_WORDS_OF_THE_SPECIFICATION);
        assertThat(count("text format")).isEqualTo(TEXT_FORMAT_COMMANDS);
    }

    private void judge(SpecScript script, SpecCommand command) throws IOException {
        if (command.textFormat()) {
            count("text format", 1);
            return;
        }
        ModuleException error = validate(command);
        count("judged", 1);
        if (!Objects.equals(error == null ? null : error.getClass(), expected(command.type()))) {
            disagreements.add(script.name() + ":" + command.line());
        } else if (error != null && error.getMessage().startsWith(Objects.requireNonNull(command.text()))) {
            count("same words", 1);
        }
    }

    /** Modules that cannot be linked or instantiated are valid all the same. */
    private static @Nullable Class<? extends ModuleException> expected(String command) {
        return switch (command) {
            case "module", "assert_unlinkable", "assert_uninstantiable" -> null;
            case "assert_malformed" -> MalformedModuleException.class;
            case "assert_invalid" -> InvalidModuleException.class;
            default -> throw new IllegalArgumentException("unknown command " + command);
        };
    }

    private static @Nullable ModuleException validate(SpecCommand command) throws IOException {
        try (InputStream binary = Files.newInputStream(command.module())) {
            ValidatedModule valid = new ModuleValidator().validate(binary);
            assertThat(valid.module().size()).isEqualTo(Files.size(command.module()));
            return null;
        } catch (ModuleException e) {
            assertThat(e.offset()).isBetween(0L, Files.size(command.module()));
            return e;
        }
    }

    private void count(String what, int more) {
        tally.merge(what, more, Integer::sum);
    }

    private int count(String what) {
        return tally.getOrDefault(what, 0);
    }
}
