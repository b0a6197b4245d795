package dev.mayfly.artifacts;

import dev.mayfly.roles.NodeRole;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether modules are kept in the database: where it is asked for, and on control planes unless it is not. */
public final class StoredInDatabase implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return isWanted(context.getEnvironment());
    }

    /** Whether they are, by the configuration. */
    public static boolean isWanted(Environment environment) {
        return Binder.get(environment)
                .bind("mayfly.modules.store", ModuleStoreProperties.Place.class)
                .map(ModuleStoreProperties.Place.DATABASE::equals)
                .orElseGet(() -> NodeRole.of(environment) == NodeRole.CONTROL_PLANE);
    }

    /** The opposite. */
    static final class Not implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !isWanted(context.getEnvironment());
        }
    }
}
