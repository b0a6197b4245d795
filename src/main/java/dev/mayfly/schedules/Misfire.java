package dev.mayfly.schedules;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of firings that were missed because nothing ran, or nothing could be stored, when they were due. */
enum Misfire {
    /** Nothing. */
    @JsonProperty("skip")
    SKIP,
    /** The last of them is made up for. */
    @JsonProperty("fire-once")
    FIRE_ONCE,
    /** The last of them are made up for, up to the operator's bound. */
    @JsonProperty("fire-all")
    FIRE_ALL
}
