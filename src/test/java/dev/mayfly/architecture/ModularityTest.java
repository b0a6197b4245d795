package dev.mayfly.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.mayfly.MayflyApplication;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/**
 * The platform's packages keep to the boundaries that they declare. The engine half may not know of Spring, not even its
 * annotations, and is checked by {@link EngineArchitectureTest} instead.
 */
class ModularityTest {

    @Test
    void modulesRespectEachOthersBoundaries() {
        ApplicationModules.of(
                        MayflyApplication.class, JavaClass.Predicates.resideInAnyPackage(EngineArchitectureTest.ENGINE))
                .verify();
    }
}
