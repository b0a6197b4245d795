package dev.mayfly.functions;

import jakarta.persistence.Embeddable;
import java.io.Serializable;

/** A version's identity: its function's, and its number, counted from 1. */
@Embeddable
record VersionId(long functionId, int number) implements Serializable {}
