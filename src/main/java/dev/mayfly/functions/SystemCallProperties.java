package dev.mayfly.functions;

import dev.mayfly.functions.InvalidConfigurationException.Violation;
import dev.mayfly.wasi.SystemCallPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which system calls functions may make. Each is a list of {@code call=rule}, among which {@code default=rule} stands for
 * the calls that the list does not name; without it they are allowed.
 *
 * @param defaults what holds where a function's configuration says nothing
 * @param ceiling what no function can be less strict than
 */
record SystemCallProperties(
        @DefaultValue List<String> defaults, @DefaultValue List<String> ceiling) {

    /** Parses once, so that a mistake keeps the application from starting. */
    SystemCallProperties {
        parse("defaults", defaults);
        parse("ceiling", ceiling);
    }

    SystemCallPolicy defaultPolicy() {
        return parse("defaults", defaults).within(ceilingPolicy());
    }

    SystemCallPolicy ceilingPolicy() {
        return parse("ceiling", ceiling);
    }

    private static SystemCallPolicy parse(String property, List<String> entries) {
        Map<String, String> texts = new HashMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(
                        "mayfly.functions.system-calls." + property + ": '" + entry + "' is not of the form call=rule");
            }
            texts.put(
                    entry.substring(0, equals).strip(),
                    entry.substring(equals + 1).strip());
        }
        SystemCallRules rules = SystemCallRules.parse(texts, SystemCallPolicy.ALLOW_ALL);
        for (Violation violation : rules.violations()) {
            throw new IllegalArgumentException("mayfly.functions.system-calls." + property + ": '" + violation.field()
                    + "' " + violation.message());
        }
        return rules.policy();
    }
}
