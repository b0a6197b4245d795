package dev.mayfly.cluster;

/** Something for each {@link Content.Kind}. */
public record PerKind<T>(T module, T disk) {

    /** What is there for a kind. */
    public T of(Content.Kind kind) {
        return switch (kind) {
            case MODULE -> module;
            case DISK -> disk;
        };
    }
}
