package dev.mayfly.functions;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.mayfly.wasi.SystemCallPolicy;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The system calls that a function may make. In JSON an object with a rule for each call that has one of its own, and
 * {@code default} for the others: {@code {"default": "allow", "path_open": "deny:acces", "proc_raise": "trap"}}.
 */
public record SystemCalls(SystemCallPolicy policy) {

    /** All of them. */
    public static final SystemCalls ALL = new SystemCalls(SystemCallPolicy.ALLOW_ALL);

    /** What {@link #rules} said. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static SystemCalls of(Map<String, String> rules) {
        SystemCallRules parsed = SystemCallRules.parse(rules, SystemCallPolicy.ALLOW_ALL);
        if (!parsed.violations().isEmpty()) {
            throw new IllegalArgumentException(parsed.violations().toString());
        }
        return new SystemCalls(parsed.policy());
    }

    /** The rules as texts, by the name of the call. */
    @JsonValue
    public Map<String, String> rules() {
        SortedMap<String, String> rules = new TreeMap<>();
        rules.put(SystemCallRules.DEFAULT, policy.byDefault().toString());
        policy.exceptions().forEach((call, rule) -> rules.put(call, rule.toString()));
        return Collections.unmodifiableSortedMap(rules);
    }

    SystemCalls within(SystemCallPolicy ceiling) {
        SystemCallPolicy bounded = policy.within(ceiling);
        return bounded.equals(policy) ? this : new SystemCalls(bounded);
    }
}
