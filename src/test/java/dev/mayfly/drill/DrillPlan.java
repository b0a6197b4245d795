package dev.mayfly.drill;

import java.time.Duration;
import java.util.List;

/**
 * What a drill does, and for how long.
 *
 * @param rate requests per second
 * @param warmUp load before the first fault, while the JVMs compile
 * @param quiet load without a fault before each
 * @param after load without a fault after each
 * @param faults in turn
 */
record DrillPlan(
        ClusterPlan cluster, double rate, Duration warmUp, Duration quiet, Duration after, List<Fault> faults) {}
