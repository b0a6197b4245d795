/** Functions that are invoked by the clock: cron triggers, each firing once across all processes on one database. */
@NullMarked
package dev.mayfly.schedules;

import org.jspecify.annotations.NullMarked;
