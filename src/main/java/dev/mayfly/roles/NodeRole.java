package dev.mayfly.roles;

import java.util.Arrays;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * What a process does, as the property {@value #PROPERTY} says. The word is also the name of a profile, for the parts of the
 * configuration that only one role has.
 */
public enum NodeRole {
    /** Everything, by itself. */
    ALL("all"),
    /** The API, the catalog and the queues; it has workers run instances. */
    CONTROL_PLANE("control-plane"),
    /** Runs instances for control planes. It has no database and no public API. */
    WORKER("worker");

    /** Where the role is configured. */
    public static final String PROPERTY = "mayfly.role";

    private final String id;

    NodeRole(String id) {
        this.id = id;
    }

    /** The word in configurations. */
    public String id() {
        return id;
    }

    /**
     * The role of a process; {@link #ALL} if it is not told any.
     *
     * @throws InvalidConfigurationPropertyValueException if it is told one that there is not
     */
    public static NodeRole of(Environment environment) {
        String word = environment.getProperty(PROPERTY, ALL.id);
        return Arrays.stream(values())
                .filter(role -> role.id.equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidConfigurationPropertyValueException(
                        PROPERTY, word, "It must be 'all', 'control-plane' or 'worker'."));
    }
}
