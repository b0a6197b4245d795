package dev.mayfly.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What must be true of everything that the chart makes, whatever the values. {@link ChartValuesTest} has the rest. */
class ChartTest {

    private static final Pattern LABEL = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private static FakeKubernetesApi cluster;

    @BeforeAll
    static void startCluster() throws IOException {
        cluster = FakeKubernetesApi.start();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    static Stream<String> values() throws IOException {
        try (Stream<Path> files = Files.list(RenderedChart.CHART.resolve("ci"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void helmFindsNothingToComplainOf(String values, @TempDir Path directory) throws IOException {
        LintResult result =
                new Helm(withValues(values, directory)).lint().strict().call();
        assertThat(result.getMessages()).containsExactly("[INFO] Chart.yaml: icon is recommended");
        assertThat(result.isFailed()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("values")
    void kubernetesKnowsEveryObjectAndField(String values) {
        for (JsonNode manifest : RenderedChart.of(values).manifests()) {
            String name = manifest.path("kind").asString() + " " + RenderedChart.nameOf(manifest);
            if (manifest.path("apiVersion").asString().equals("monitoring.coreos.com/v1")) {
                assertThat(PrometheusOperator.violations(manifest)).as(name).isEmpty();
            } else {
                assertThat(KubernetesSchema.covers(manifest)).as(name).isTrue();
                assertThat(KubernetesSchema.violations(manifest)).as(name).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void namesAndLabelsAreWithinTheirLimits(String values) {
        RenderedChart chart = RenderedChart.of(values);
        assertThat(chart.manifests())
                .extracting(manifest -> manifest.path("kind").asString() + "/" + RenderedChart.nameOf(manifest))
                .doesNotHaveDuplicates();
        for (JsonNode manifest : chart.manifests()) {
            assertThat(RenderedChart.nameOf(manifest)).matches(NAME);
            assertThat(manifest.at("/metadata/labels").valueStream().map(JsonNode::asString))
                    .allMatch(LABEL.asMatchPredicate());
            assertThat(manifest.at("/metadata/labels").has("app.kubernetes.io/component"))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void everySelectorSelectsThePodsOfOneComponent(String values) {
        RenderedChart chart = RenderedChart.of(values);
        Stream<JsonNode> selectors = Stream.of(
                        chart.ofKind("Service").map(service -> service.at("/spec/selector")),
                        chart.ofKind("Deployment", "StatefulSet", "PodDisruptionBudget")
                                .map(owner -> owner.at("/spec/selector/matchLabels")),
                        chart.ofKind("NetworkPolicy").map(policy -> policy.at("/spec/podSelector/matchLabels")))
                .flatMap(stream -> stream);
        assertThat(selectors).isNotEmpty().allSatisfy(selector -> assertThat(
                        chart.pods().stream().filter(pod -> RenderedChart.selects(selector, pod)))
                .hasSize(1));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyPortThatIsNamedIsAPortOfTheContainer(String values) {
        RenderedChart chart = RenderedChart.of(values);
        for (JsonNode service : chart.ofKind("Service").toList()) {
            JsonNode pod = chart.pods().stream()
                    .filter(candidate -> RenderedChart.selects(service.at("/spec/selector"), candidate))
                    .findFirst()
                    .orElseThrow();
            assertThat(portsOf(pod))
                    .containsAll(service.at("/spec/ports")
                            .valueStream()
                            .map(port -> port.path("targetPort").asString())
                            .toList());
        }
        for (JsonNode pod : chart.processes()) {
            JsonNode container = RenderedChart.containersOf(pod).findFirst().orElseThrow();
            assertThat(Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                            .map(probe ->
                                    container.path(probe).at("/httpGet/port").asString()))
                    .isSubsetOf(portsOf(pod));
        }
    }

    private static List<String> portsOf(JsonNode pod) {
        return RenderedChart.containersOf(pod)
                .flatMap(container -> container.path("ports").valueStream())
                .map(port -> port.path("name").asString())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("values")
    void noContainerHasAnyPrivilege(String values) {
        for (JsonNode pod : RenderedChart.of(values).pods()) {
            JsonNode spec = pod.path("spec");
            assertThat(spec.path("automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            assertThat(spec.path("enableServiceLinks").asBoolean(true)).isFalse();
            assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean(false))
                    .isTrue();
            assertThat(spec.at("/securityContext/runAsUser").asInt(0)).isPositive();
            assertThat(spec.at("/securityContext/seccompProfile/type").asString())
                    .isEqualTo("RuntimeDefault");
            assertThat(spec.has("hostNetwork") || spec.has("hostPID") || spec.has("hostIPC"))
                    .isFalse();
            assertThat(spec.path("volumes").valueStream()).noneMatch(volume -> volume.has("hostPath"));
            assertThat(RenderedChart.containersOf(pod)).isNotEmpty().allSatisfy(ChartTest::assertHasNoPrivilege);
        }
    }

    private static void assertHasNoPrivilege(JsonNode container) {
        JsonNode context = container.path("securityContext");
        assertThat(context.path("privileged").asBoolean(true)).isFalse();
        assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(context.path("readOnlyRootFilesystem").asBoolean(false)).isTrue();
        assertThat(context.at("/capabilities/drop").valueStream().map(JsonNode::asString))
                .containsExactly("ALL");
        assertThat(context.at("/capabilities").has("add")).isFalse();
        assertThat(container.at("/resources/limits").has("memory")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyContainerThatStaysIsProbed(String values) {
        RenderedChart chart = RenderedChart.of(values);
        assertThat(chart.ofKind("Deployment", "StatefulSet")
                        .flatMap(owner -> RenderedChart.containersOf(owner.at("/spec/template"))))
                .isNotEmpty()
                .allSatisfy(container -> assertThat(container.propertyStream().map(property -> property.getKey()))
                        .contains("startupProbe", "livenessProbe", "readinessProbe"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aPodIsGivenTheTimeThatItsDrainTakes(String values) {
        RenderedChart chart = RenderedChart.of(values);
        for (JsonNode pod : chart.processes()) {
            JsonNode container = RenderedChart.containersOf(pod).findFirst().orElseThrow();
            String drain = chart.settingsOf(RenderedChart.componentOf(pod))
                    .at("/mayfly/scheduling/drain-timeout")
                    .asString();
            int pause = container.at("/lifecycle/preStop/sleep/seconds").asInt();
            assertThat(pause).isPositive();
            assertThat(pod.at("/spec/terminationGracePeriodSeconds").asInt())
                    .isGreaterThan(pause + Integer.parseInt(drain.replace("s", "")));
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void changedSettingsMakeNewPods(String values) {
        RenderedChart before = RenderedChart.of(values);
        RenderedChart after = RenderedChart.of(values, Map.of("config.mayfly.samples.enabled", "false-1"));
        for (JsonNode pod : before.processes()) {
            JsonNode changed = after.processes().stream()
                    .filter(other -> RenderedChart.componentOf(other).equals(RenderedChart.componentOf(pod)))
                    .findFirst()
                    .orElseThrow();
            assertThat(changed.at("/metadata/annotations").path("checksum/config"))
                    .isNotEqualTo(pod.at("/metadata/annotations").path("checksum/config"));
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void everySettingIsOneThatThereIs(String values) throws IOException {
        SettingNames known = SettingNames.load();
        RenderedChart chart = RenderedChart.of(values);
        for (JsonNode pod : chart.processes()) {
            assertThat(SettingNames.in(chart.settingsOf(RenderedChart.componentOf(pod))))
                    .allMatch(known::knows);
            assertThat(environmentOf(pod).map(variable -> variable.path("name").asString()))
                    .filteredOn(name -> !name.equals("JDK_JAVA_OPTIONS"))
                    .allMatch(known::knowsVariable);
        }
    }

    private static Stream<JsonNode> environmentOf(JsonNode pod) {
        return RenderedChart.containersOf(pod)
                .flatMap(container -> container.path("env").valueStream());
    }

    @ParameterizedTest
    @MethodSource("values")
    void secretsStandInSecretsAlone(String values) {
        RenderedChart chart = RenderedChart.of(values);
        for (JsonNode pod : chart.pods()) {
            assertThat(environmentOf(pod))
                    .filteredOn(
                            variable -> variable.path("name").asString().matches(".*(SECRET|PASSWORD|HASH|API_KEY)"))
                    .allMatch(variable -> variable.has("valueFrom") && !variable.has("value"));
        }
        List<String> secrets = chart.ofKind("Secret")
                .flatMap(secret -> secret.path("data").valueStream())
                .map(JsonNode::asString)
                .toList();
        assertThat(chart.manifests())
                .filteredOn(manifest -> !manifest.path("kind").asString().equals("Secret"))
                .noneMatch(manifest -> secrets.stream().anyMatch(manifest.toString()::contains));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everySecretAndConfigMapThatIsReferredToIsMadeOrNamedByTheValues(String values) throws IOException {
        RenderedChart chart = RenderedChart.of(values);
        String given = Files.readString(RenderedChart.CHART.resolve("ci").resolve(values));
        List<String> made =
                chart.ofKind("Secret", "ConfigMap").map(RenderedChart::nameOf).toList();
        for (JsonNode pod : chart.pods()) {
            Stream<String> keys = environmentOf(pod)
                    .map(variable -> variable.at("/valueFrom/secretKeyRef/name").asString(""));
            Stream<String> volumes = pod.at("/spec/volumes")
                    .valueStream()
                    .map(volume -> volume.at("/secret/secretName").asString("")
                            + volume.at("/configMap/name").asString(""));
            assertThat(Stream.concat(keys, volumes).filter(name -> !name.isEmpty()))
                    .allMatch(name -> made.contains(name) || given.contains(name));
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void scalersScaleWhatThereIsAndThatHasNoFixedSize(String values) {
        RenderedChart chart = RenderedChart.of(values);
        for (JsonNode scaler : chart.ofKind("HorizontalPodAutoscaler").toList()) {
            JsonNode target = scaler.at("/spec/scaleTargetRef");
            JsonNode scaled = chart.get(
                    target.path("kind").asString(), target.path("name").asString());
            assertThat(scaled.path("apiVersion")).isEqualTo(target.path("apiVersion"));
            assertThat(scaled.path("spec").has("replicas")).isFalse();
            assertThat(scaler.at("/spec/minReplicas").asInt())
                    .isLessThan(scaler.at("/spec/maxReplicas").asInt());
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void whatIsKeptInAVolumeFitsIntoIt(String values) {
        RenderedChart chart = RenderedChart.of(values);
        List<JsonNode> pods = chart.processes().stream()
                .filter(pod -> !RenderedChart.componentOf(pod).equals("all"))
                .toList();
        assertThat(pods).hasSize(values.startsWith("single") ? 0 : 2);
        for (JsonNode pod : pods) {
            String component = RenderedChart.componentOf(pod);
            JsonNode mayfly = chart.settingsOf(component).path("mayfly");
            long kept = component.equals("worker") ? ofWorker(mayfly) : ofControlPlane(mayfly);
            assertThat(kept).as(component).isLessThan(volume(pod));
        }
    }

    /** In bytes. Kubernetes evicts a pod that has more in it. */
    private static long volume(JsonNode pod) {
        return pod.at("/spec/volumes")
                .valueStream()
                .filter(volume -> volume.path("name").asString().equals("data"))
                .map(volume -> volume.at("/emptyDir/sizeLimit").asString())
                .mapToLong(size -> Long.parseLong(size.replace("Gi", "")) << 30)
                .findFirst()
                .orElseThrow();
    }

    private static long ofWorker(JsonNode mayfly) {
        return size(mayfly.at("/worker/module-cache"), "")
                + size(mayfly.at("/worker/disk-cache"), "")
                + size(mayfly.at("/microvm/images"), "4GB");
    }

    /** With two uploads on their way, and one disk that comes from the database. */
    private static long ofControlPlane(JsonNode mayfly) {
        long disk = size(mayfly.at("/disks/max-content"), "");
        return size(mayfly.at("/modules/store-cache"), "4GB")
                + size(mayfly.at("/disks/store-cache"), "")
                + 2 * (size(mayfly.at("/disks/max-upload"), "") + disk)
                + disk;
    }

    private static long size(JsonNode setting, String usual) {
        return DataSize.parse(setting.asString(usual)).toBytes();
    }

    /** A copy of the chart whose own values are those of the file, since Helm lints a chart with no others. */
    private static Path withValues(String values, Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(RenderedChart.CHART)) {
            for (Path file : files.toList()) {
                Path copy =
                        directory.resolve(RenderedChart.CHART.relativize(file).toString());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, copy);
                } else {
                    Files.createDirectories(copy);
                }
            }
        }
        JsonNode merged = merge(
                YamlFile.read(RenderedChart.CHART.resolve("values.yaml")),
                YamlFile.read(RenderedChart.CHART.resolve("ci").resolve(values)));
        Files.writeString(directory.resolve("values.yaml"), JsonMapper.shared().writeValueAsString(merged));
        return directory;
    }

    private static JsonNode merge(JsonNode base, JsonNode more) {
        if (!(base instanceof ObjectNode object) || !more.isObject()) {
            return more;
        }
        more.propertyStream()
                .forEach(property -> object.set(
                        property.getKey(),
                        object.has(property.getKey())
                                ? merge(object.get(property.getKey()), property.getValue())
                                : property.getValue()));
        return object;
    }
}
