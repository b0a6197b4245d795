package dev.mayfly.deployment;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What the chart makes of some values, as real Helm renders it.
 *
 * @param manifests in Helm's order
 */
record RenderedChart(List<JsonNode> manifests) {

    static final Path CHART = Path.of("helm/mayfly");
    static final String NAMESPACE = "functions";

    /**
     * Renders the chart.
     *
     * @param values a file below {@code ci}
     * @param more values that go before those of the file, by path
     * @throws IllegalStateException with Helm's words, if it refuses
     */
    static RenderedChart of(String values, Map<String, Object> more) {
        TemplateCommand template = new Helm(CHART)
                .template()
                .withName("demo")
                .withNamespace(NAMESPACE)
                .withKubeVersion("1.33.0")
                .withValuesFile(CHART.resolve("ci").resolve(values));
        more.forEach(template::set);
        return new RenderedChart(YamlFile.documents(template.call()));
    }

    static RenderedChart of(String values) {
        return of(values, Map.of());
    }

    Stream<JsonNode> ofKind(String... kinds) {
        return manifests.stream().filter(manifest -> List.of(kinds)
                .contains(manifest.path("kind").asString()));
    }

    /** The only object of that kind and name. */
    JsonNode get(String kind, String name) {
        return ofKind(kind)
                .filter(manifest -> nameOf(manifest).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    /** Every pod and template of pods: objects with {@code metadata.labels} and {@code spec.containers}. */
    List<JsonNode> pods() {
        return Stream.concat(ofKind("Pod"), ofKind("Deployment", "StatefulSet").map(m -> m.at("/spec/template")))
                .toList();
    }

    /** The pods that run Mayfly. */
    List<JsonNode> processes() {
        return pods().stream()
                .filter(pod -> containersOf(pod)
                        .anyMatch(c -> c.path("name").asString().equals("mayfly")))
                .toList();
    }

    static Stream<JsonNode> containersOf(JsonNode pod) {
        return Stream.concat(
                pod.at("/spec/containers").valueStream(),
                pod.at("/spec/initContainers").valueStream());
    }

    static String nameOf(JsonNode manifest) {
        return manifest.at("/metadata/name").asString();
    }

    static String componentOf(JsonNode pod) {
        return pod.path("metadata")
                .path("labels")
                .path("app.kubernetes.io/component")
                .asString();
    }

    /** Whether a map of labels is among the labels of a pod. */
    static boolean selects(JsonNode labels, JsonNode pod) {
        return labels.size() > 0
                && labels.propertyStream().allMatch(label -> label.getValue()
                        .equals(pod.at("/metadata/labels").path(label.getKey())));
    }

    /** The settings that a process is given in its {@code application.yaml}. */
    JsonNode settingsOf(String component) {
        String name = "demo-mayfly-" + component;
        return YamlFile.documents(get("ConfigMap", name)
                        .at("/data")
                        .path("application.yaml")
                        .asString())
                .getFirst();
    }
}
