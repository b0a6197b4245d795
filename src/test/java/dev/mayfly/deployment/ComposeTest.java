package dev.mayfly.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ComposeTest {

    private static final Pattern REQUIRED = Pattern.compile("\\$\\{(\\w+):\\?[^}]+}");

    private final JsonNode file = YamlFile.read(Path.of("docker-compose.yml"));

    @Test
    void everySettingIsOneThatThereIs() throws IOException {
        SettingNames known = SettingNames.load();
        for (String service : List.of("control-plane", "worker")) {
            assertThat(service(service).path("environment").propertyStream().map(variable -> variable.getKey()))
                    .isNotEmpty()
                    .allMatch(known::knowsVariable);
        }
    }

    @Test
    void everySecretIsMadeByTheScriptAndHasNoDefault() throws IOException {
        Set<String> asked = REQUIRED.matcher(Files.readString(Path.of("docker-compose.yml")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        String script = Files.readString(Path.of("docker/make-secrets.sh"));
        assertThat(asked).hasSize(4).allMatch(variable -> script.contains("\n" + variable + "="));
        assertThat(file.path("services").valueStream())
                .flatExtracting(service -> service.path("environment").properties())
                .filteredOn(variable -> variable.getKey().matches(".*(SECRET|PASSWORD|HASH)"))
                .hasSize(7)
                .allMatch(variable ->
                        REQUIRED.matcher(variable.getValue().asString()).matches());
    }

    @Test
    void workersReachNothingOutside() {
        JsonNode networks = service("worker").path("networks");
        assertThat(networks.valueStream()).isNotEmpty().allMatch(network -> file.path("networks")
                .path(network.asString())
                .path("internal")
                .asBoolean(false));
        assertThat(service("worker").has("ports")).isFalse();
        assertThat(networks.toString()).doesNotContain("database");
    }

    @Test
    void portsAreThoseOfThisMachineOnly() {
        assertThat(file.path("services").valueStream())
                .flatExtracting(service -> service.path("ports").valueStream().toList())
                .hasSize(3)
                .allMatch(port -> port.asString().startsWith("127.0.0.1:"));
    }

    @Test
    void processesOfMayflyHaveNoPrivilege() {
        for (String service : List.of("control-plane", "worker")) {
            assertThat(service(service).path("read_only").asBoolean(false)).isTrue();
            assertThat(service(service).at("/cap_drop/0").asString()).isEqualTo("ALL");
            assertThat(service(service).at("/security_opt/0").asString()).isEqualTo("no-new-privileges:true");
            assertThat(service(service).has("privileged")).isFalse();
        }
    }

    @Test
    void whatIsMountedIsThere() {
        assertThat(file.path("services").valueStream())
                .flatExtracting(service -> service.path("volumes").valueStream().toList())
                .extracting(volume -> volume.asString().split(":", -1)[0])
                .filteredOn(path -> path.startsWith("./"))
                .hasSize(5)
                .allMatch(path -> Files.exists(Path.of(path)));
    }

    @Test
    void prometheusScrapesBothRolesByTheNamesOfTheServices() {
        assertThat(YamlFile.read(Path.of("docker/prometheus.yml"))
                        .path("scrape_configs")
                        .valueStream())
                .hasSize(2)
                .allSatisfy(job -> {
                    String name = job.at("/dns_sd_configs/0/names/0").asString();
                    assertThat(file.path("services").has(name)).isTrue();
                    assertThat(job.at("/relabel_configs/0/replacement").asString())
                            .isEqualTo(
                                    service(name).at("/environment/MAYFLY_ROLE").asString());
                });
    }

    @Test
    void theHypervisorGoesToWorkersAlone() {
        JsonNode more = YamlFile.read(Path.of("docker/kvm.yml")).path("services");
        assertThat(more.propertyStream().map(service -> service.getKey())).containsExactly("worker");
        assertThat(more.at("/worker/devices/0").asString()).isEqualTo("/dev/kvm");
    }

    private JsonNode service(String name) {
        return file.path("services").path(name);
    }
}
