package dev.mayfly.callbacks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bounds how many deliveries are under way, in all and to each host, so that a slow one does not hold up the others. */
final class HostSlots {

    private final int all;
    private final int perHost;
    private final Map<String, Integer> taken = new HashMap<>();
    private int total;

    HostSlots(int all, int perHost) {
        this.all = all;
        this.perHost = perHost;
    }

    synchronized int free() {
        return all - total;
    }

    /** Hosts for which nothing is free. */
    synchronized List<String> full() {
        return taken.entrySet().stream()
                .filter(host -> host.getValue() >= perHost)
                .map(Map.Entry::getKey)
                .toList();
    }

    synchronized boolean enter(String host) {
        int now = taken.getOrDefault(host, 0);
        if (total >= all || now >= perHost) {
            return false;
        }
        taken.put(host, now + 1);
        total++;
        return true;
    }

    synchronized void leave(String host) {
        taken.computeIfPresent(host, (_, now) -> now == 1 ? null : now - 1);
        total--;
        notifyAll();
    }

    /** Waits until nothing is under way; whether that came to pass in time. */
    synchronized boolean awaitEmpty(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        long left = millis;
        while (total > 0 && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
        return total == 0;
    }
}
