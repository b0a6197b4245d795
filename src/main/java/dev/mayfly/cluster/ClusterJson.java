package dev.mayfly.cluster;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON between processes that may be of different versions: members that a later version added do not trouble an earlier
 * one, and numbers that an earlier one did not know are 0.
 */
final class ClusterJson {

    private static final int DEEPEST = 10;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ClusterJson() {}

    static byte[] write(Object document) {
        return MAPPER.writeValueAsBytes(document);
    }

    /**
     * Reads a document.
     *
     * @throws tools.jackson.core.JacksonException if it is not of that type
     * @throws IllegalArgumentException if it is {@code null}
     */
    static <T> T read(byte[] json, Class<T> type) {
        return Checked.required("document", MAPPER.readValue(json, type));
    }
}
