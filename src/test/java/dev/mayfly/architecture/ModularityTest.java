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

    private static final String[] ENGINE = {
        "dev.mayfly.abi..",
        "dev.mayfly.compiler..",
        "dev.mayfly.disk..",
        "dev.mayfly.image..",
        "dev.mayfly.kvm..",
        "dev.mayfly.nativeaccess..",
        "dev.mayfly.sandbox..",
        "dev.mayfly.vmm..",
        "dev.mayfly.wasi..",
        "dev.mayfly.wasm.."
    };

    @Test
    void modulesRespectEachOthersBoundaries() {
        ApplicationModules.of(MayflyApplication.class, JavaClass.Predicates.resideInAnyPackage(ENGINE))
                .verify();
    }
}
