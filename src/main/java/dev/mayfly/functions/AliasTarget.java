package dev.mayfly.functions;

import jakarta.persistence.Embeddable;

/** One of the versions that an alias is split over, with its share. */
@Embeddable
record AliasTarget(String alias, int version, int weight) {}
