package dev.mayfly.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.functions.ConfigurationRequest.Mount;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class DiskRulesTest {

    private final List<String> refused = new ArrayList<>();
    private final DiskRules rules = new DiskRules(new FakeDisks(), (field, message) -> refused.add(field));

    @Test
    void aVersionOfADiskIsResolvedToWhatItIs() {
        DiskReference expected = new DiskReference("base", 2, FakeDisks.DIGEST);
        assertThat(rules.root("base@2")).isEqualTo(expected);
        assertThat(rules.root(expected.toString())).isEqualTo(expected);
        assertThat(rules.root(null)).isNull();
        assertThat(rules.mounts(List.of(new Mount("/models", "base@1"))))
                .containsExactly(new DiskMount("/models", new DiskReference("base", 1, FakeDisks.DIGEST)));
        assertThat(refused).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "base",
                "base@",
                "base@0",
                "base@3",
                "other@1",
                "Base@1",
                "base@1@",
                "base@1@sha256:ab",
                "base@99999999999"
            })
    void whatNamesNoDiskIsRefused(String reference) {
        assertThat(rules.root(reference)).isNull();
        assertThat(refused).containsExactly("rootDisk");
    }

    @Test
    void anotherDigestIsRefused() {
        assertThat(rules.root("base@1@sha256:" + "cd".repeat(32))).isNull();
        assertThat(refused).containsExactly("rootDisk");
    }

    @Test
    void mountsLieApartAtPlainPaths() {
        rules.mounts(List.of(
                new Mount("/a", "base@1"),
                new Mount("/a/b", "base@1"),
                new Mount("/ab", "base@1"),
                new Mount("/", "base@1"),
                new Mount("b", "base@1"),
                new Mount("/c/../d", "base@1"),
                new Mount("/e", "none@1"),
                new Mount("/f", null)));
        assertThat(refused)
                .containsExactly(
                        "mounts[1].path",
                        "mounts[3].path",
                        "mounts[4].path",
                        "mounts[5].path",
                        "mounts[6].disk",
                        "mounts[7]");
        rules.checkTogether(null, rules.mounts(List.of(new Mount("/file/x", "base@1"))));
        assertThat(refused).endsWith("mounts");
    }

    @Test
    void aReferenceIsStoredAsText() {
        JsonMapper json = JsonMapper.shared();
        DiskMount mount = new DiskMount("/models", new DiskReference("base", 1, FakeDisks.DIGEST));
        String text = json.writeValueAsString(mount);
        assertThat(text).isEqualTo("{\"path\":\"/models\",\"disk\":\"base@1@sha256:" + "ab".repeat(32) + "\"}");
        assertThat(json.readValue(text, DiskMount.class)).isEqualTo(mount);
    }
}
