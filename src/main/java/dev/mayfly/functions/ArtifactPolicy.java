package dev.mayfly.functions;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** After which invocations an archive of what the instance changed in its files is kept. */
public enum ArtifactPolicy {
    NEVER("never"),
    ON_SUCCESS("on-success"),
    ON_FAILURE("on-failure"),
    ALWAYS("always");

    private final String id;

    ArtifactPolicy(String id) {
        this.id = id;
    }

    /** The word in configurations. */
    @JsonValue
    public String id() {
        return id;
    }

    /** The policy of that word, if there is one. */
    static Optional<ArtifactPolicy> find(String id) {
        return Arrays.stream(values()).filter(policy -> policy.id.equals(id)).findFirst();
    }

    /**
     * The policy of that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    @JsonCreator
    static ArtifactPolicy of(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no policy for artifacts: " + id));
    }

    /** Whether an archive is wanted of an instance that ended in this way. */
    public boolean wants(boolean succeeded) {
        return switch (this) {
            case NEVER -> false;
            case ON_SUCCESS -> succeeded;
            case ON_FAILURE -> !succeeded;
            case ALWAYS -> true;
        };
    }
}
