package dev.mayfly.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The engine half is plain Java: it could be used without the platform around it, and knows nothing of it. */
@AnalyzeClasses(packages = "dev.mayfly", importOptions = ImportOption.DoNotIncludeTests.class)
class EngineArchitectureTest {

    static final String[] ENGINE = {
        "dev.mayfly.wasm..",
        "dev.mayfly.wasi..",
        "dev.mayfly.disk..",
        "dev.mayfly.sandbox..",
        "dev.mayfly.abi..",
        "dev.mayfly.nativeaccess..",
        "dev.mayfly.kvm..",
        "dev.mayfly.vmm..",
        "dev.mayfly.compiler..",
        "dev.mayfly.image.."
    };

    @ArchTest
    static final ArchRule engineKnowsNoFramework = noClasses()
            .that()
            .resideInAnyPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "jakarta..", "io.micrometer..", "tools.jackson..");

    @ArchTest
    static final ArchRule engineKnowsNothingOfThePlatform = noClasses()
            .that()
            .resideInAnyPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.mayfly.functions..",
                    "dev.mayfly.artifacts..",
                    "dev.mayfly.invocations..",
                    "dev.mayfly.scheduling..",
                    "dev.mayfly.access..");

    @ArchTest
    static final ArchRule moduleModelStandsAlone = classes()
            .that()
            .resideInAPackage("dev.mayfly.wasm..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.mayfly.wasm..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule onlyTheAdapterKnowsWasmtime = noClasses()
            .that()
            .resideOutsideOfPackage("dev.mayfly.sandbox.wasmtime..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.github.kawamuray..");

    @ArchTest
    static final ArchRule wasiKnowsNoEngine = noClasses()
            .that()
            .resideInAPackage("dev.mayfly.wasi..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.mayfly.sandbox.wasmtime..");

    @ArchTest
    static final ArchRule onlyMachinesCallTheSystemDirectly = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.mayfly.nativeaccess..",
                    "dev.mayfly.kvm..",
                    "dev.mayfly.vmm..",
                    "dev.mayfly.compiler..",
                    "dev.mayfly.image..",
                    "dev.mayfly.sandbox.microvm..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.mayfly.nativeaccess..", "dev.mayfly.kvm..");

    @ArchTest
    static final ArchRule compilerKnowsNothingOfMachines = noClasses()
            .that()
            .resideInAPackage("dev.mayfly.compiler..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.mayfly.kvm..", "dev.mayfly.vmm..", "dev.mayfly.nativeaccess..", "dev.mayfly.image..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.mayfly.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyUsesUnsafe =
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName("sun.misc.Unsafe");
}
