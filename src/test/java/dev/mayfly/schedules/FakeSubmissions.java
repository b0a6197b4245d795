package dev.mayfly.schedules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Takes orders as the durable queue does: one for each key. */
final class FakeSubmissions implements Submissions {

    private final List<Order> orders = new ArrayList<>();
    private final Map<String, UUID> byKey = new ConcurrentHashMap<>();
    private final Set<UUID> unfinished = new HashSet<>();
    private @Nullable String refusal;
    private int calls;

    @Override
    public synchronized UUID submit(Order order) throws RefusedException {
        calls++;
        if (refusal != null) {
            throw new RefusedException(refusal);
        }
        return byKey.computeIfAbsent(order.key(), _ -> take(order));
    }

    private UUID take(Order order) {
        orders.add(order);
        UUID id = UUID.randomUUID();
        unfinished.add(id);
        return id;
    }

    @Override
    public synchronized boolean isUnfinished(UUID invocation) {
        return unfinished.contains(invocation);
    }

    synchronized void finishAll() {
        unfinished.clear();
    }

    synchronized void refuse(String reason) {
        refusal = reason;
    }

    /** What was taken. */
    synchronized List<Order> orders() {
        return List.copyOf(orders);
    }

    /** When what was taken had been due. */
    synchronized List<String> firings() {
        return orders.stream()
                .map(order -> order.key().substring(order.key().indexOf('@') + 1))
                .toList();
    }

    synchronized int calls() {
        return calls;
    }
}
