package dev.mayfly.scheduling;

import java.util.concurrent.ThreadFactory;

/**
 * Makes the threads that jobs run on. A bean of this type takes the place of the default, which makes threads for instances
 * of this process; jobs that only wait for another process need no such stacks.
 */
@FunctionalInterface
public interface SlotThreadFactory extends ThreadFactory {}
