package dev.mayfly.wasi;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which system calls a guest may make: a rule for each, and one for those that no rule names. Immutable. A call that
 * returns nothing cannot be denied: a default that denies allows it.
 */
public final class SystemCallPolicy {

    /** All of them. */
    public static final SystemCallPolicy ALLOW_ALL = of(new SystemCallRule.Allow(), Map.of());

    private final SystemCallRule byDefault;

    /** Each at the place of its call's number. */
    private final SystemCallRule[] rules;

    private SystemCallPolicy(SystemCallRule byDefault, SystemCallRule[] rules) {
        this.byDefault = byDefault;
        this.rules = rules;
    }

    /**
     * A policy with a default and exceptions from it.
     *
     * @throws IllegalArgumentException if a call that returns nothing is to be denied
     */
    public static SystemCallPolicy of(SystemCallRule byDefault, Map<SystemCall, SystemCallRule> exceptions) {
        SystemCallRule[] rules = new SystemCallRule[Preview1.calls().size()];
        for (SystemCall call : Preview1.calls()) {
            SystemCallRule rule = exceptions.getOrDefault(call, defaultFor(call, byDefault));
            if (!call.accepts(rule)) {
                throw new IllegalArgumentException(call.name() + " returns nothing, so it cannot be denied");
            }
            rules[call.number()] = rule;
        }
        return new SystemCallPolicy(byDefault, rules);
    }

    private static SystemCallRule defaultFor(SystemCall call, SystemCallRule byDefault) {
        return call.accepts(byDefault) ? byDefault : new SystemCallRule.Allow();
    }

    public SystemCallRule rule(SystemCall call) {
        return rules[call.number()];
    }

    /** The rule for calls that no other rule is given for. */
    public SystemCallRule byDefault() {
        return byDefault;
    }

    /** The rules that differ from the default, by the names of their calls. */
    public SortedMap<String, SystemCallRule> exceptions() {
        SortedMap<String, SystemCallRule> exceptions = new TreeMap<>();
        for (SystemCall call : Preview1.calls()) {
            if (!rule(call).equals(defaultFor(call, byDefault))) {
                exceptions.put(call.name(), rule(call));
            }
        }
        return exceptions;
    }

    /** This policy, but no rule less strict than a ceiling's. */
    public SystemCallPolicy within(SystemCallPolicy ceiling) {
        SystemCallRule[] bounded = new SystemCallRule[rules.length];
        for (int i = 0; i < bounded.length; i++) {
            bounded[i] = rules[i].orStricter(ceiling.rules[i]);
        }
        return new SystemCallPolicy(byDefault.orStricter(ceiling.byDefault), bounded);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SystemCallPolicy that
                && byDefault.equals(that.byDefault)
                && Arrays.equals(rules, that.rules);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rules);
    }

    @Override
    public String toString() {
        return "default: " + byDefault + ", " + exceptions();
    }
}
