package dev.mayfly.cluster;

import dev.mayfly.artifacts.ContentDigest;

/**
 * What a worker needs to have for an order, and is given by control planes.
 *
 * @param digest of its bytes
 */
public record Content(Kind kind, ContentDigest digest) {

    /** The kinds of contents. */
    public enum Kind {
        /** What is executed. */
        MODULE("modules"),
        /** What instances lie on. */
        DISK("disks");

        private final String segment;

        Kind(String segment) {
            this.segment = segment;
        }

        /** What the paths of contents of this kind begin with; the digest's hexadecimal digits follow. */
        public String path() {
            return ClusterPaths.ROOT + segment + "/";
        }
    }

    /** {@code PUT} it. */
    public String path() {
        return kind.path() + digest.hex();
    }

    @Override
    public String toString() {
        return switch (kind) {
                    case MODULE -> "module ";
                    case DISK -> "disk ";
                }
                + digest;
    }
}
