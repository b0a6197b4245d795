package dev.mayfly.architecture;

import dev.mayfly.MayflyApplication;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The packages keep to the boundaries that they declare. */
class ModularityTest {

    @Test
    void modulesRespectEachOthersBoundaries() {
        ApplicationModules.of(MayflyApplication.class).verify();
    }
}
