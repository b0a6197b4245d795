package dev.mayfly.schedules;

import java.time.Instant;

/** Has schedules looked at when their time has come, by one process of all. Takes part in the caller's transaction. */
interface Timers {

    void set(Schedule.Timer timer, Instant at);

    /** Takes a timer back, if it has not gone off; one that has does no harm. */
    void cancel(Schedule.Timer timer);
}
