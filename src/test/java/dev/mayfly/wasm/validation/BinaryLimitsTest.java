package dev.mayfly.wasm.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.wasm.ModuleBytes;
import dev.mayfly.wasm.binary.BinaryLimits;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each limit is 3 here: three pass, four are refused with the limit's name. */
class BinaryLimitsTest {

    private static final BinaryLimits THREE = new BinaryLimits(3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3);

    @ParameterizedTest
    @CsvSource({
        "customSections, 0, 01 61, 3",
        "customSections, 0, 01 61, 4",
    })
    void customSections(String limit, int section, String hex, int times) {
        ModuleBytes module = ModuleBytes.module();
        for (int i = 0; i < times; i++) {
            module.section(section, hex);
        }
        assertThat(judge(module)).isEqualTo(times == 3 ? "valid" : refusal(limit));
    }

    @ParameterizedTest
    @CsvSource({
        "types, 1, 60 00 00",
        "imports, 2, 01 61 01 62 02 00 01",
        "functions, 3, 00",
        "tables, 4, 70 00 01",
        "globals, 6, 7f 00 41 00 0b",
        "exports, 7, 01 61 02 00",
        "elementSegments, 9, 05 70 00",
        "dataSegments, 11, 01 00",
    })
    void lengthsOfVectors(String limit, int section, String element) {
        assertThat(judge(ModuleBytes.module().section(section, "04" + element.repeat(4))))
                .isEqualTo(refusal(limit));
        assertThat(judge(ModuleBytes.module().section(section, "03" + element.repeat(3))))
                .doesNotContain("limit");
    }

    @Test
    void dataCount() {
        assertThat(judge(ModuleBytes.module().section(12, "04"))).isEqualTo(refusal("dataSegments"));
    }

    @Test
    void importsAndDefinitionsAreLimitedTogether() {
        String imports = "02" + "01 61 01 62 00 00".repeat(2);
        ModuleBytes module = ModuleBytes.module()
                .section(1, "01 60 00 00")
                .section(2, imports)
                .section(3, "02 00 00");
        assertThat(judge(module)).isEqualTo(refusal("functions"));
    }

    @ParameterizedTest
    @CsvSource({
        "parameters, 01 60 04 7f 7f 7f 7f 00",
        "results, 01 60 00 04 7f 7f 7f 7f",
    })
    void functionTypes(String limit, String hex) {
        assertThat(judge(ModuleBytes.module().section(1, hex))).isEqualTo(refusal(limit));
    }

    @Test
    void names() {
        assertThat(judge(ModuleBytes.module().section(2, "01 04 61 61 61 61 01 61 02 00 01")))
                .isEqualTo(refusal("nameLength"));
        assertThat(judge(ModuleBytes.module().section(0, "04 61 61 61 61"))).isEqualTo(refusal("nameLength"));
    }

    @Test
    void functionNamesBeyondTheirLimitAreLeftOut() throws Exception {
        BinaryLimits limits = with(BinaryLimits.DEFAULT, 3);
        byte[] binary = ModuleBytes.module()
                .section(0, "04 6e 61 6d 65 01 0a 03 00 01 61 01 02 62 62 02 01 63")
                .bytes();
        ValidatedModule module = new ModuleValidator(limits).validate(new ByteArrayInputStream(binary));
        assertThat(module.module().functionNames().get(0)).isEqualTo("a");
        assertThat(module.module().functionNames().get(1)).isEqualTo("bb");
        assertThat(module.module().functionNames().size()).isEqualTo(2);
    }

    @Test
    void bodies() {
        assertThat(judgeBody(THREE, "01 0b")).isEqualTo("valid");
        assertThat(judgeBody(THREE, "01 01 0b")).isEqualTo(refusal("bodySize"));
    }

    @Test
    void locals() {
        ModuleBytes module = ModuleBytes.module()
                .section(1, "01 60 00 00")
                .section(3, "01 00")
                .section(10, "01 04 01 04 7f 0b");
        assertThat(Judgement.of(module.bytes(), withoutBodySize(THREE))).isEqualTo(refusal("locals"));
    }

    @Test
    void nesting() {
        BinaryLimits limits = withoutBodySize(THREE);
        assertThat(judgeBody(limits, "02 40".repeat(3) + "0b".repeat(4))).isEqualTo("valid");
        assertThat(judgeBody(limits, "02 40".repeat(4) + "0b".repeat(5))).isEqualTo(refusal("nestingDepth"));
    }

    @Test
    void operands() {
        // The stack begins larger than this limit, so it takes a larger one to see it.
        BinaryLimits limits = withOperands(BinaryLimits.DEFAULT, 1000);
        assertThat(judgeBody(limits, "41 00".repeat(1000) + "1a".repeat(1000) + "0b"))
                .isEqualTo("valid");
        assertThat(judgeBody(limits, "41 00".repeat(1001) + "1a".repeat(1001) + "0b"))
                .isEqualTo("limit: limit operands exceeded: 1001 is more than 1000");
    }

    private static String judge(ModuleBytes module) {
        return Judgement.of(module.bytes(), THREE);
    }

    private static String judgeBody(BinaryLimits limits, String body) {
        return Judgement.of(
                ModuleBytes.module()
                        .section(1, "01 60 00 00")
                        .section(3, "01 00")
                        .code(body)
                        .bytes(),
                limits);
    }

    private static String refusal(String limit) {
        return "limit: limit " + limit + " exceeded: 4 is more than 3";
    }

    private static BinaryLimits with(BinaryLimits l, int functionNameBytes) {
        return new BinaryLimits(
                l.customSections(),
                l.types(),
                l.functions(),
                l.imports(),
                l.exports(),
                l.globals(),
                l.tables(),
                l.elementSegments(),
                l.dataSegments(),
                l.parameters(),
                l.results(),
                l.locals(),
                l.bodySize(),
                l.nameLength(),
                functionNameBytes,
                l.nestingDepth(),
                l.operands());
    }

    private static BinaryLimits withoutBodySize(BinaryLimits l) {
        return new BinaryLimits(3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, l.locals(), 1000, 3, 3, l.nestingDepth(), 3);
    }

    private static BinaryLimits withOperands(BinaryLimits l, int operands) {
        return new BinaryLimits(3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, l.bodySize(), 3, 3, l.nestingDepth(), operands);
    }
}
