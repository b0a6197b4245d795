package dev.mayfly.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the chart makes of particular values. */
class ChartValuesTest {

    private static final String DEFAULT = "default-values.yaml";
    private static final String PRODUCTION = "production-values.yaml";
    private static final String KVM = "devices.kubevirt.io/kvm";

    private static FakeKubernetesApi cluster;

    @BeforeAll
    static void startCluster() throws IOException {
        cluster = FakeKubernetesApi.start();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Test
    void workersCannotConnectAnywhere() {
        for (String values : new String[] {DEFAULT, PRODUCTION, "kata-values.yaml", "mtls-values.yaml"}) {
            JsonNode policy = RenderedChart.of(values).get("NetworkPolicy", "demo-mayfly-worker");
            assertThat(policy.at("/spec/policyTypes").valueStream().map(JsonNode::asString))
                    .containsExactly("Ingress", "Egress");
            assertThat(policy.at("/spec/egress").isArray()).isTrue();
            assertThat(policy.at("/spec/egress")).isEmpty();
        }
    }

    @Test
    void onlyControlPlanesAndPrometheusReachWorkers() {
        RenderedChart chart = RenderedChart.of(PRODUCTION);
        JsonNode ingress = chart.get("NetworkPolicy", "demo-mayfly-worker").at("/spec/ingress");
        assertThat(ingress).hasSize(2).allMatch(rule -> rule.path("from").size() == 1);
        JsonNode control = ingress.at("/0/from/0/podSelector/matchLabels");
        assertThat(chart.pods().stream().filter(pod -> RenderedChart.selects(control, pod)))
                .extracting(RenderedChart::componentOf)
                .containsExactly("control-plane");
        assertThat(ingress.at("/1/from/0/namespaceSelector/matchLabels").toString())
                .contains("monitoring");
    }

    @Test
    void controlPlanesReachNamesWorkersDatabaseAndWhatTheyAreAllowed() {
        JsonNode egress = RenderedChart.of(PRODUCTION)
                .get("NetworkPolicy", "demo-mayfly-control-plane")
                .at("/spec/egress");
        assertThat(egress).hasSize(4).allMatch(rule -> rule.path("to").size() == 1, "has somewhere to go");
        assertThat(egress.at("/2").toString()).contains("10.20.30.0/28", "5432");
        assertThat(egress.at("/3").toString()).contains("203.0.113.0/24", "443");
    }

    @Test
    void controlPlanesFindWorkersByTheHeadlessService() {
        RenderedChart chart = RenderedChart.of(DEFAULT);
        JsonNode service = chart.get("Service", "demo-mayfly-worker");
        assertThat(service.at("/spec/clusterIP").asString()).isEqualTo("None");
        assertThat(chart.settingsOf("control-plane")
                        .at("/mayfly/cluster/workers/0")
                        .asString())
                .isEqualTo("dns://demo-mayfly-worker.functions.svc.cluster.local:"
                        + service.at("/spec/ports/0/port").asInt());
    }

    @Test
    void rollingUpdatesKeepAllPodsUntilTheNewOnesAreReady() {
        assertThat(RenderedChart.of(DEFAULT).ofKind("Deployment"))
                .hasSize(2)
                .allMatch(deployment -> deployment
                                .at("/spec/strategy/rollingUpdate/maxUnavailable")
                                .asInt(1)
                        == 0);
    }

    @Test
    void microVmsNeedADeviceAndNoRuntimeClass() {
        RenderedChart chart = RenderedChart.of(PRODUCTION);
        JsonNode worker = chart.get("Deployment", "demo-mayfly-worker").at("/spec/template/spec");
        assertThat(worker.at("/containers/0/resources/limits").path(KVM).asString())
                .isEqualTo("1");
        assertThat(worker.at("/securityContext/supplementalGroups/0").asInt()).isEqualTo(107);
        assertThat(worker.has("runtimeClassName")).isFalse();
        assertThat(chart.settingsOf("worker").at("/mayfly/engine").asString()).isEqualTo("microvm");
        assertThat(chart.get("Deployment", "demo-mayfly-control-plane").toString())
                .doesNotContain(KVM);
    }

    @Test
    void wasmtimeCanRunInPodsThatAHypervisorIsolates() {
        RenderedChart chart = RenderedChart.of("kata-values.yaml");
        JsonNode worker = chart.get("Deployment", "demo-mayfly-worker").at("/spec/template/spec");
        assertThat(worker.path("runtimeClassName").asString()).isEqualTo("kata");
        assertThat(worker.toString()).doesNotContain(KVM);
        assertThat(chart.settingsOf("worker").at("/mayfly/engine").asString()).isEqualTo("wasmtime");
        assertThat(chart.get("Deployment", "demo-mayfly-control-plane")
                        .at("/spec/template/spec")
                        .has("runtimeClassName"))
                .isFalse();
    }

    @Test
    void workersAreScaledOnSlotsOrOnTheProcessor() {
        JsonNode slots = RenderedChart.of(PRODUCTION).get("HorizontalPodAutoscaler", "demo-mayfly-worker");
        assertThat(slots.at("/spec/metrics/0/pods/metric/name").asString()).isEqualTo("mayfly_slot_utilisation");
        assertThat(slots.at("/spec/metrics/0/pods/target/averageValue").asString())
                .isEqualTo("700m");
        JsonNode cpu = RenderedChart.of("kata-values.yaml").get("HorizontalPodAutoscaler", "demo-mayfly-worker");
        assertThat(cpu.at("/spec/metrics/0/resource/target/averageUtilization").asInt())
                .isEqualTo(70);
    }

    @Test
    void theAdapterMakesTheMetricThatWorkersAreScaledOn() {
        JsonNode rule = YamlFile.read(RenderedChart.CHART.resolve("files/prometheus-adapter.yaml"))
                .at("/rules/custom/0");
        assertThat(rule.at("/name/as").asString())
                .isEqualTo(YamlFile.read(RenderedChart.CHART.resolve("values.yaml"))
                        .at("/worker/autoscaling/slotMetric")
                        .asString());
        String query = rule.path("metricsQuery").asString().replaceAll("<<[^>]*>>", "x");
        assertThat(MetricNames.in(query)).containsExactly("mayfly_scheduling_slots", "mayfly_scheduling_slots_in_use");
    }

    @Test
    void oneProcessKeepsItsDataOnAVolume() {
        RenderedChart chart = RenderedChart.of("single-values.yaml");
        assertThat(chart.processes()).hasSize(1);
        JsonNode set = chart.get("StatefulSet", "demo-mayfly");
        assertThat(set.at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(set.at("/spec/volumeClaimTemplates/0/metadata/name").asString())
                .isEqualTo("data");
        assertThat(set.at("/spec/template/spec/volumes").valueStream().map(v -> v.path("name")
                        .asString()))
                .doesNotContain("data");
        assertThat(chart.settingsOf("all").at("/mayfly/role").asString()).isEqualTo("all");
    }

    @Test
    void theServiceMonitorSelectsBothServicesAndLabelsThemByRole() {
        RenderedChart chart = RenderedChart.of(PRODUCTION);
        JsonNode spec = chart.get("ServiceMonitor", "demo-mayfly").path("spec");
        assertThat(chart.ofKind("Service")
                        .filter(service -> RenderedChart.selects(spec.at("/selector/matchLabels"), service)))
                .extracting(RenderedChart::nameOf)
                .containsExactlyInAnyOrder("demo-mayfly", "demo-mayfly-worker");
        assertThat(spec.at("/endpoints/0/relabelings/0/targetLabel").asString()).isEqualTo("role");
        assertThat(spec.at("/endpoints/0/authorization/credentials/name").asString())
                .isEqualTo("mayfly-access");
    }

    @Test
    void dashboardsAndRulesAreThoseOfTheChart() throws IOException {
        RenderedChart chart = RenderedChart.of(PRODUCTION);
        JsonNode files = chart.get("ConfigMap", "demo-mayfly-dashboards").path("data");
        try (Stream<Path> dashboards = Files.list(DashboardQueries.DASHBOARDS)) {
            assertThat(dashboards.toList()).hasSize(files.size()).allSatisfy(dashboard -> assertThat(JsonMapper.shared()
                            .readTree(files.path(dashboard.getFileName().toString())
                                    .asString()))
                    .isEqualTo(JsonMapper.shared().readTree(dashboard)));
        }
        assertThat(chart.get("PrometheusRule", "demo-mayfly").path("spec"))
                .isEqualTo(YamlFile.read(DashboardQueries.RULES));
    }

    @Test
    void whereCertificatesAreUsedWorkersAreProbedAndScrapedByHttps() {
        RenderedChart chart = RenderedChart.of("mtls-values.yaml");
        String bundle =
                chart.settingsOf("worker").at("/mayfly/cluster/ssl-bundle").asString();
        assertThat(chart.settingsOf("worker").at("/spring/ssl/bundle/pem").has(bundle))
                .isTrue();
        assertThat(chart.settingsOf("control-plane")
                        .at("/spring/ssl/bundle/pem")
                        .has(bundle))
                .isTrue();
        JsonNode container = chart.get("Deployment", "demo-mayfly-worker").at("/spec/template/spec/containers/0");
        assertThat(container.at("/livenessProbe/httpGet/scheme").asString()).isEqualTo("HTTPS");
        assertThat(container.at("/volumeMounts").toString()).contains("/tls");
        JsonNode scraped = chart.get("ServiceMonitor", "demo-mayfly").at("/spec/endpoints/1");
        assertThat(chart.settingsOf("control-plane")
                        .at("/mayfly/cluster/workers/0")
                        .asString())
                .isEqualTo("dns://" + scraped.at("/tlsConfig/serverName").asString() + ":8080");
    }

    @Test
    void keysOfTheValuesBecomeHashesInSecrets() {
        String keys = RenderedChart.of(PRODUCTION)
                .get("Deployment", "demo-mayfly-control-plane")
                .at("/spec/template/spec/containers/0/env")
                .toString();
        assertThat(keys)
                .contains("MAYFLY_ACCESS_KEYS_1_HASH", "hash-of-ci", "MAYFLY_ACCESS_KEYS_2_HASH", "shop-key")
                .contains("{\"name\":\"MAYFLY_ACCESS_KEYS_2_MAXCONCURRENCY\",\"value\":\"20\"}");
    }

    @Test
    void generatedSecretsAreLongAndTheHashIsThatOfTheKey() throws Exception {
        JsonNode data = RenderedChart.of(DEFAULT).get("Secret", "demo-mayfly").path("data");
        assertThat(data.propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("cluster-secret", "api-key", "api-key-hash", "database-password");
        assertThat(decoded(data, "cluster-secret")).matches("[A-Za-z0-9]{48}");
        assertThat(decoded(data, "database-password")).matches("[A-Za-z0-9]{32}");
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(decoded(data, "api-key").getBytes(StandardCharsets.UTF_8));
        assertThat(decoded(data, "api-key-hash"))
                .isEqualTo("sha256:" + HexFormat.of().formatHex(hash));
    }

    @Test
    void upgradesKeepTheSecretsThatWereGenerated() {
        Map<String, String> data = new HashMap<>();
        RenderedChart.of(DEFAULT)
                .get("Secret", "demo-mayfly")
                .path("data")
                .propertyStream()
                .forEach(entry -> data.put(entry.getKey(), entry.getValue().asString()));
        String secret = JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "apiVersion", "v1", "kind", "Secret", "metadata", Map.of("name", "kept-mayfly"), "data", data));
        cluster.putSecret(RenderedChart.NAMESPACE, "kept-mayfly", secret);

        JsonNode upgraded = RenderedChart.of(DEFAULT, Map.of("fullnameOverride", "kept-mayfly"))
                .get("Secret", "kept-mayfly")
                .path("data");
        assertThat(upgraded).isEqualTo(JsonMapper.shared().valueToTree(data));
    }

    @Test
    void bigNumbersOfTheValuesStayWhole() {
        assertThat(RenderedChart.of(DEFAULT, Map.of("worker.config.mayfly.wasmtime.max-system-calls", 50_000_000))
                        .settingsOf("worker")
                        .at("/mayfly/wasmtime/max-system-calls")
                        .asLong())
                .isEqualTo(50_000_000);
    }

    @Test
    void settingsOfTheOperatorGoBeforeThoseOfTheChart() {
        RenderedChart chart = RenderedChart.of(
                DEFAULT,
                Map.of("config.mayfly.samples.enabled", false, "controlPlane.config.mayfly.modules.store", "files"));
        assertThat(chart.settingsOf("worker").at("/mayfly/samples/enabled").asBoolean(true))
                .isFalse();
        assertThat(chart.settingsOf("control-plane").at("/mayfly/modules/store").asString())
                .isEqualTo("files");
        assertThat(chart.settingsOf("control-plane").at("/mayfly/role").asString())
                .isEqualTo("control-plane");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nonsense                       | 1            | additional properties 'nonsense'
            worker.nonsense                | 1            | additional properties 'nonsense'
            worker.replicas                | 0            | minimum
            worker.moduleCache             | 2Gi          | does not match pattern
            worker.diskCache               | 8Gi          | does not match pattern
            controlPlane.maxDisk           | all          | does not match pattern
            worker.autoscaling.metric      | memory       | must be one of
            engine.type                    | firecracker  | must be one of
            mode                           | all          | must be one of
            image.digest                   | latest       | does not match pattern
            networkPolicy.prometheus       | anywhere     | want array
            database.external.url          | postgres://h | does not match pattern
            access.keys[0].hash            | secret       | oneOf
            postgresql.enabled             | false        | control planes need a database
            cluster.tls.enabled            | true         | tls.crt
            """)
    void valuesThatCannotWorkAreRefused(String path, String value, String reason) {
        assertThatThrownBy(() -> RenderedChart.of(DEFAULT, Map.of(path, value)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void microVmsInIsolatedPodsAreRefused() {
        assertThatThrownBy(() -> RenderedChart.of(PRODUCTION, Map.of("engine.runtimeClassName", "kata")))
                .hasMessageContaining("use it with engine.type wasmtime");
    }

    @Test
    void theNotesSayHowToCallItAndWarnOfWhatIsNotForProduction() {
        assertThat(notes(DEFAULT))
                .contains("helm test", "port-forward service/demo-mayfly", "Run only functions", "without backups");
        assertThat(notes(PRODUCTION))
                .contains("in a micro-VM", "prometheus-adapter")
                .doesNotContain("WARNING");
    }

    private static String notes(String values) {
        return new Helm(RenderedChart.CHART)
                .install()
                .clientOnly()
                .dryRun()
                .withKubeVersion("1.33.0")
                .withName("demo")
                .withNamespace(RenderedChart.NAMESPACE)
                .withValuesFile(RenderedChart.CHART.resolve("ci").resolve(values))
                .call()
                .getOutput();
    }

    private static String decoded(JsonNode data, String key) {
        return new String(Base64.getDecoder().decode(data.path(key).asString()), StandardCharsets.UTF_8);
    }
}
