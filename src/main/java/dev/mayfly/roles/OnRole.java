package dev.mayfly.roles;

import java.util.Arrays;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether what is annotated with {@link ConditionalOnRole} belongs to this process. */
final class OnRole implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return matches(metadata.getAnnotations(), context.getEnvironment());
    }

    static boolean matches(MergedAnnotations annotations, Environment environment) {
        NodeRole[] roles = annotations.get(ConditionalOnRole.class).getEnumArray("value", NodeRole.class);
        return Arrays.asList(roles).contains(NodeRole.of(environment));
    }
}
