package dev.mayfly.problems;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.RestControllerAdvice;

class ProblemTypeTest {

    /** Clients tell problems apart by these: one may be added, none may be changed or go. */
    @Test
    void typesAreStable() {
        TreeMap<String, Integer> statuses = new TreeMap<>();
        Arrays.stream(ProblemType.values())
                .forEach(type -> statuses.put(type.id(), type.status().value()));

        assertThat(statuses)
                .containsEntry("cancelled", 503)
                .containsEntry("conflict", 409)
                .containsEntry("database-unavailable", 503)
                .containsEntry("forbidden", 403)
                .containsEntry("function-not-found", 404)
                .containsEntry("guest-exit", 502)
                .containsEntry("guest-response", 502)
                .containsEntry("guest-timeout", 504)
                .containsEntry("guest-trap", 502)
                .containsEntry("input-too-large", 413)
                .containsEntry("internal", 500)
                .containsEntry("invalid-request", 400)
                .containsEntry("invocation-not-found", 404)
                .containsEntry("method-not-allowed", 405)
                .containsEntry("module-constraint", 422)
                .containsEntry("module-invalid", 422)
                .containsEntry("module-malformed", 422)
                .containsEntry("module-too-large", 413)
                .containsEntry("module-unsupported", 422)
                .containsEntry("no-entry-point", 422)
                .containsEntry("not-acceptable", 406)
                .containsEntry("not-found", 404)
                .containsEntry("output-too-large", 502)
                .containsEntry("over-capacity", 429)
                .containsEntry("precondition-failed", 412)
                .containsEntry("shutting-down", 503)
                .containsEntry("storage-full", 507)
                .containsEntry("unauthorized", 401)
                .containsEntry("unknown-import", 422)
                .containsEntry("unsupported-media-type", 415)
                .containsEntry("version-not-found", 404);
        assertThat(statuses).hasSameSizeAs(ProblemType.values());
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeIsExplained(ProblemType type) {
        assertThat(Explanations.load().of(type)).hasSizeGreaterThan(type.title().length() + 1);
    }

    /** Advices of the same order are asked in any order, and the fallback would take everything. */
    @Test
    void everyModulesAdviceComesBeforeTheFallback() {
        JavaClasses classes = new ClassFileImporter(java.util.List.of(new ImportOption.DoNotIncludeTests()))
                .importPackages("dev.mayfly");

        assertThat(classes.stream()
                        .filter(type -> type.isAnnotatedWith(RestControllerAdvice.class))
                        .filter(type -> !type.isEquivalentTo(FallbackProblems.class)))
                .isNotEmpty()
                .allMatch(ProblemTypeTest::hasOrderOfItsOwn);
    }

    private static boolean hasOrderOfItsOwn(JavaClass advice) {
        return advice.isAnnotatedWith(Order.class)
                && advice.getAnnotationOfType(Order.class).value() < Integer.MAX_VALUE;
    }
}
