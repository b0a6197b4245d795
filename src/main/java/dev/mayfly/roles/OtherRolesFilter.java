package dev.mayfly.roles;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.util.ClassUtils;

/** Finds the components in packages that belong to processes of other roles, by the {@link ConditionalOnRole} of the package. */
public final class OtherRolesFilter implements TypeFilter, EnvironmentAware {

    private Environment environment = new StandardEnvironment();

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean match(MetadataReader type, MetadataReaderFactory factory) throws IOException {
        String packageName = ClassUtils.getPackageName(type.getClassMetadata().getClassName());
        while (!packageName.isEmpty()) {
            if (isOfOthers(packageName, factory)) {
                return true;
            }
            packageName = ClassUtils.getPackageName(packageName);
        }
        return false;
    }

    private boolean isOfOthers(String packageName, MetadataReaderFactory factory) throws IOException {
        try {
            MergedAnnotations annotations = factory.getMetadataReader(packageName + ".package-info")
                    .getAnnotationMetadata()
                    .getAnnotations();
            return annotations.isPresent(ConditionalOnRole.class) && !OnRole.matches(annotations, environment);
        } catch (FileNotFoundException nothingSaid) {
            return false;
        }
    }
}
