package dev.mayfly.functions;

/** Which version of a function is meant. */
public sealed interface VersionSelector {

    /** The alias that an invocation without a version gets. */
    VersionSelector LIVE = new Alias("live");

    /** Exactly that version, counted from 1. */
    record Numbered(int version) implements VersionSelector {}

    /** The version that an alias points to, drawn by weight where it is split over several. */
    record Alias(String name) implements VersionSelector {}
}
