package dev.mayfly.roles;

import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** What a process does, as the property {@value #PROPERTY} says. */
public enum NodeRole {
    /** Everything, by itself. */
    ALL,
    /** The API, the catalog and the queues; it has workers run instances. */
    CONTROL_PLANE,
    /** Runs instances for control planes. It has no database and no public API. */
    WORKER;

    /** Where the role is configured. */
    public static final String PROPERTY = "mayfly.role";

    /** The role of a process; {@link #ALL} if it is not told any. */
    public static NodeRole of(Environment environment) {
        BindResult<NodeRole> configured = Binder.get(environment).bind(PROPERTY, NodeRole.class);
        return configured.isBound() ? configured.get() : ALL;
    }
}
