package dev.mayfly.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The check of the chart's objects is worth something only if it finds what is wrong. */
class KubernetesSchemaTest {

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: some}
            spec:
              replicas: 2
              selector: {matchLabels: {app: some}}
              template:
                metadata: {labels: {app: some}}
                spec:
                  containers:
                    - name: some
                      image: some:1
                      env: [{name: PORT, value: "8080"}]
                      resources: {limits: {memory: 1Gi}}
                      livenessProbe: {httpGet: {path: /, port: http}}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            replicas: 2        | replicas: 2          | ''
            replicas: 2        | replicas: "2"        | Deployment.spec.replicas: "2" is no java.lang.Integer
            replicas: 2        | replicas: 2.5        | Deployment.spec.replicas: 2.5 is no java.lang.Integer
            replicas: 2        | replica: 2           | Deployment.spec: V1DeploymentSpec has no replica
            value: "8080"      | value: 8080          | Deployment.spec.template.spec.containers[0].env[0].value: 8080 is no java.lang.String
            memory: 1Gi        | memory: 1GB          | Deployment.spec.template.spec.containers[0].resources.limits.memory: "1GB" is no io.kubernetes.client.custom.Quantity
            port: http         | port: []             | Deployment.spec.template.spec.containers[0].livenessProbe.httpGet.port: [] is no io.kubernetes.client.custom.IntOrString
            - name: some       | - title: some        | Deployment.spec.template.spec.containers[0]: lacks name
            labels: {app: some} | labels: {app: }     | Deployment.spec.template.metadata.labels.app: null is no java.lang.String
            """)
    void saysWhatIsWrong(String right, String wrong, String violation) {
        JsonNode manifest = YamlFile.documents(DEPLOYMENT.replace(right, wrong)).getFirst();
        if (violation.isEmpty()) {
            assertThat(KubernetesSchema.violations(manifest)).isEmpty();
        } else {
            assertThat(KubernetesSchema.violations(manifest)).contains(violation);
        }
    }
}
