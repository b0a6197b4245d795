package dev.mayfly.roles;

import java.io.IOException;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.UrlResource;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Finds the components in packages that belong to processes of other roles, by the {@link ConditionalOnRole} of the package or one
 * that it is in.
 */
public final class OtherRolesFilter implements TypeFilter, EnvironmentAware {

    private Environment environment = new StandardEnvironment();

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean match(MetadataReader type, MetadataReaderFactory factory) throws IOException {
        String name = type.getClassMetadata().getClassName();
        String root = rootOf(type.getResource(), name);
        for (String in = ClassUtils.getPackageName(name); !in.isEmpty(); in = ClassUtils.getPackageName(in)) {
            Resource said = new UrlResource(root + pathOf(in + ".package-info"));
            if (said.exists() && isOfOthers(factory.getMetadataReader(said))) {
                return true;
            }
        }
        return false;
    }

    /** Beside the type: the tests, which come first in the class path, have files of the same names. */
    private static String rootOf(Resource type, String name) throws IOException {
        String url = type.getURL().toString();
        return url.substring(0, url.length() - pathOf(name).length());
    }

    private static String pathOf(String className) {
        return className.replace('.', '/') + ".class";
    }

    private boolean isOfOthers(MetadataReader packageInfo) {
        MergedAnnotations annotations = packageInfo.getAnnotationMetadata().getAnnotations();
        return annotations.isPresent(ConditionalOnRole.class) && !OnRole.matches(annotations, environment);
    }
}
