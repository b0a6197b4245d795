package dev.mayfly.placement;

import java.time.Duration;

/**
 * When workers are taken for what.
 *
 * @param heartbeat how often they are asked how they are
 * @param lostAfter for how long nothing is heard before what they do is given up
 * @param backoff how long they are left alone after failures
 */
record MembershipRules(Duration heartbeat, Duration lostAfter, Backoff backoff) {}
