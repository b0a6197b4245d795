package dev.mayfly.functions;

import dev.mayfly.functions.InvalidConfigurationException.Violation;
import dev.mayfly.wasi.Preview1;
import dev.mayfly.wasi.SystemCall;
import dev.mayfly.wasi.SystemCallPolicy;
import dev.mayfly.wasi.SystemCallRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rules for system calls that were read from texts.
 *
 * @param policy what they say, as far as they say something
 * @param named the rules that were given for a call by its name
 * @param violations what is wrong with them; fields are names of calls
 */
record SystemCallRules(SystemCallPolicy policy, Map<SystemCall, SystemCallRule> named, List<Violation> violations) {

    /** Stands in place of a call's name for all calls that are not named. */
    static final String DEFAULT = "default";

    private static final String RULE =
            "must be 'allow', 'trap', 'deny' or 'deny:' and an error code such as 'deny:acces'";

    /**
     * Reads rules.
     *
     * @param base what holds for calls that the texts do not name, unless they have a default
     */
    static SystemCallRules parse(Map<String, ? extends @Nullable String> texts, SystemCallPolicy base) {
        List<Violation> violations = new ArrayList<>();
        Map<SystemCall, SystemCallRule> named = new HashMap<>();
        Optional<SystemCallRule> byDefault = Optional.empty();
        for (Map.Entry<String, ? extends @Nullable String> text : new TreeMap<>(texts).entrySet()) {
            Optional<SystemCallRule> rule = rule(text.getKey(), text.getValue(), violations);
            if (text.getKey().equals(DEFAULT)) {
                byDefault = rule;
            } else {
                name(text.getKey(), rule, named, violations);
            }
        }
        return new SystemCallRules(policy(base, byDefault, named), Map.copyOf(named), List.copyOf(violations));
    }

    private static Optional<SystemCallRule> rule(String field, @Nullable String text, List<Violation> violations) {
        Optional<SystemCallRule> rule = text == null ? Optional.empty() : SystemCallRule.of(text);
        if (rule.isEmpty()) {
            violations.add(new Violation(field, RULE));
        }
        return rule;
    }

    private static void name(
            String name,
            Optional<SystemCallRule> rule,
            Map<SystemCall, SystemCallRule> named,
            List<Violation> violations) {
        Optional<SystemCall> call = Preview1.call(name);
        if (call.isEmpty()) {
            violations.add(new Violation(name, "must be the name of a function of " + Preview1.MODULE));
        } else if (rule.isPresent() && !call.get().accepts(rule.get())) {
            violations.add(new Violation(name, "must be 'allow' or 'trap', because it returns no error code"));
        } else if (rule.isPresent()) {
            named.put(call.get(), rule.get());
        }
    }

    private static SystemCallPolicy policy(
            SystemCallPolicy base, Optional<SystemCallRule> byDefault, Map<SystemCall, SystemCallRule> named) {
        Map<SystemCall, SystemCallRule> exceptions = new HashMap<>();
        if (byDefault.isEmpty()) {
            base.exceptions()
                    .forEach((name, rule) -> exceptions.put(Preview1.call(name).orElseThrow(), rule));
        }
        exceptions.putAll(named);
        return SystemCallPolicy.of(byDefault.orElse(base.byDefault()), exceptions);
    }
}
