package dev.mayfly.schedules;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a firing while the invocation of the one before has not ended. */
enum Overlap {
    /** It is invoked beside it. */
    @JsonProperty("allow")
    ALLOW,
    /** It is left out. */
    @JsonProperty("skip")
    SKIP,
    /** It is invoked when the other has ended; one waits at most, further ones are left out. */
    @JsonProperty("queue")
    QUEUE
}
