package dev.mayfly.deployment;

import com.google.gson.annotations.SerializedName;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What Kubernetes says of its objects, read off the models that its own Java client has generated from the API's OpenAPI
 * description: which fields there are, of which types, and which must be there. As strict as {@code kubectl apply
 * --validate=strict}: a field that is unknown, a number for a text and a null are violations.
 */
final class KubernetesSchema {

    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    private static final Map<String, List<String>> KINDS = Map.of(
            "v1", List.of("ConfigMap", "Pod", "Secret", "Service", "ServiceAccount"),
            "apps/v1", List.of("Deployment", "StatefulSet"),
            "autoscaling/v2", List.of("HorizontalPodAutoscaler"),
            "networking.k8s.io/v1", List.of("Ingress", "NetworkPolicy"),
            "policy/v1", List.of("PodDisruptionBudget"));

    private final List<String> violations = new ArrayList<>();

    private KubernetesSchema() {}

    /** Whether the object is one of Kubernetes itself, and not of somebody's extension. */
    static boolean covers(JsonNode manifest) {
        return KINDS.getOrDefault(manifest.path("apiVersion").asString(), List.of())
                .contains(manifest.path("kind").asString());
    }

    /** What is wrong with an object that {@link #covers} accepts, by path; empty if nothing is. */
    static List<String> violations(JsonNode manifest) {
        KubernetesSchema schema = new KubernetesSchema();
        String kind = manifest.path("kind").asString();
        schema.checkModel(kind, manifest, model(manifest.path("apiVersion").asString(), kind));
        return List.copyOf(schema.violations);
    }

    private static Class<?> model(String apiVersion, String kind) {
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        try {
            return Class.forName(MODELS + version.toUpperCase(Locale.ROOT) + kind);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(apiVersion + " has no " + kind, e);
        }
    }

    private void check(String path, JsonNode value, Type type) {
        if (type instanceof ParameterizedType generic) {
            checkMany(path, value, generic);
        } else if (type instanceof Class<?> model && model.getName().startsWith(MODELS)) {
            checkModel(path, value, model);
        } else if (!isScalar(value, type)) {
            violations.add(path + ": " + value + " is no " + type.getTypeName());
        }
    }

    private void checkMany(String path, JsonNode value, ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == Map.class && value.isObject()) {
            value.propertyStream().forEach(entry -> check(path + "." + entry.getKey(), entry.getValue(), arguments[1]));
        } else if (type.getRawType() == List.class && value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(path + "[" + i + "]", value.get(i), arguments[0]);
            }
        } else {
            violations.add(path + ": is no " + type.getRawType());
        }
    }

    private void checkModel(String path, JsonNode value, Class<?> model) {
        if (!value.isObject()) {
            violations.add(path + ": is no " + model.getSimpleName());
            return;
        }
        value.propertyStream().forEach(property -> checkField(path, property.getKey(), property.getValue(), model));
        names(model, "openapiRequiredFields").stream()
                .filter(required -> !value.has(required))
                .forEach(required -> violations.add(path + ": lacks " + required));
    }

    private void checkField(String path, String name, JsonNode value, Class<?> model) {
        Arrays.stream(model.getDeclaredFields())
                .filter(field -> isNamed(field, name))
                .findFirst()
                .ifPresentOrElse(
                        field -> check(path + "." + name, value, field.getGenericType()),
                        () -> violations.add(path + ": " + model.getSimpleName() + " has no " + name));
    }

    private static boolean isNamed(Field field, String name) {
        SerializedName annotation = field.getAnnotation(SerializedName.class);
        return annotation != null && annotation.value().equals(name);
    }

    @SuppressWarnings("unchecked")
    private static Collection<String> names(Class<?> model, String field) {
        try {
            return (Collection<String>) model.getField(field).get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isScalar(JsonNode value, Type type) {
        return switch (type.getTypeName()) {
            case "java.lang.String" -> value.isString();
            case "java.lang.Boolean" -> value.isBoolean();
            case "java.lang.Integer", "java.lang.Long" -> value.isIntegralNumber();
            case "java.lang.Double" -> value.isNumber();
            case "java.lang.Object" -> !value.isNull();
            case "byte[]" ->
                value.isString() && parses(() -> Base64.getDecoder().decode(value.asString()));
            default -> isSpecial(value, type);
        };
    }

    private static boolean isSpecial(JsonNode value, Type type) {
        if (type == IntOrString.class) {
            return value.isIntegralNumber() || value.isString();
        }
        if (type == Quantity.class) {
            return value.isNumber() || (value.isString() && parses(() -> Quantity.fromString(value.asString())));
        }
        return type == OffsetDateTime.class && value.isString() && parses(() -> OffsetDateTime.parse(value.asString()));
    }

    private static boolean parses(Runnable parse) {
        try {
            parse.run();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
