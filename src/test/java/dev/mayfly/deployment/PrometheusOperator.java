package dev.mayfly.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The part of the Prometheus operator's objects that the chart uses, written down from its API reference; its schemas are
 * in no artifact that a Maven build can take. A field that is not here is a violation, be it one that exists.
 */
final class PrometheusOperator {

    private static final Pattern DURATION = Pattern.compile("(\\d+(ms|s|m|h|d))+");

    private final List<String> violations = new ArrayList<>();

    private PrometheusOperator() {}

    static List<String> violations(JsonNode manifest) {
        PrometheusOperator check = new PrometheusOperator();
        check.only("", manifest, "apiVersion", "kind", "metadata", "spec");
        switch (manifest.path("kind").asString()) {
            case "ServiceMonitor" -> check.serviceMonitor(manifest.path("spec"));
            case "PrometheusRule" -> check.rules(manifest.path("spec"));
            default -> check.violations.add("an unknown kind");
        }
        return check.violations;
    }

    private void serviceMonitor(JsonNode spec) {
        only("spec", spec, "jobLabel", "namespaceSelector", "selector", "endpoints");
        only("spec.namespaceSelector", spec.path("namespaceSelector"), "matchNames");
        only("spec.selector", spec.path("selector"), "matchLabels");
        for (JsonNode endpoint : spec.path("endpoints")) {
            only(
                    "endpoint",
                    endpoint,
                    "port",
                    "path",
                    "interval",
                    "authorization",
                    "relabelings",
                    "scheme",
                    "tlsConfig");
            only("authorization", endpoint.path("authorization"), "credentials");
            only("credentials", endpoint.at("/authorization/credentials"), "name", "key");
            duration("interval", endpoint.path("interval"));
            if (endpoint.has("tlsConfig")) {
                only("tlsConfig", endpoint.path("tlsConfig"), "ca", "serverName");
                only("ca", endpoint.at("/tlsConfig/ca"), "secret");
                only("secret", endpoint.at("/tlsConfig/ca/secret"), "name", "key");
            }
            for (JsonNode relabeling : endpoint.path("relabelings")) {
                only("relabeling", relabeling, "sourceLabels", "targetLabel", "regex", "action");
            }
        }
    }

    private void rules(JsonNode spec) {
        only("spec", spec, "groups");
        for (JsonNode group : spec.path("groups")) {
            only("group", group, "name", "rules");
            for (JsonNode rule : group.path("rules")) {
                only("rule", rule, "alert", "record", "expr", "for", "labels", "annotations");
                if (rule.has("alert") == rule.has("record")) {
                    violations.add("a rule must be either an alert or a recording: " + rule);
                }
                if (rule.has("for")) {
                    duration("for", rule.path("for"));
                }
            }
        }
    }

    private void duration(String path, JsonNode value) {
        if (!DURATION.matcher(value.asString()).matches()) {
            violations.add(path + ": no duration: " + value);
        }
    }

    private void only(String path, JsonNode object, String... names) {
        if (!object.isObject()) {
            violations.add(path + ": no object");
        }
        object.propertyStream()
                .filter(property -> !Set.of(names).contains(property.getKey()))
                .forEach(property -> violations.add(path + ": has no " + property.getKey()));
    }
}
