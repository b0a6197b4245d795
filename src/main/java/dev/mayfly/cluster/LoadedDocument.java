package dev.mayfly.cluster;

import org.jspecify.annotations.Nullable;

/** The content of a {@link Frame.Loaded}, as JSON. */
record LoadedDocument(@Nullable String engine, boolean cold) {

    private static final int MOST_CHARACTERS = 64;

    static byte[] encode(Frame.Loaded loaded) {
        return ClusterJson.write(new LoadedDocument(loaded.engine(), loaded.cold()));
    }

    static Frame.Loaded decode(byte[] json) {
        LoadedDocument document = ClusterJson.read(json, LoadedDocument.class);
        return new Frame.Loaded(Checked.atMost("engine", MOST_CHARACTERS, document.engine), document.cold);
    }
}
