package dev.mayfly.drill;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The disks of one worker and one control plane are full for a while, in which a new function is uploaded through that
 * control plane and invoked.
 *
 * @param lasting how long
 */
record FullDisk(Duration lasting) implements Fault {

    private static final int INVOCATIONS = 20;

    @Override
    public String name() {
        return "full disks of a worker and a control plane";
    }

    @Override
    public Optional<String> impossible(Cluster cluster) {
        return cluster.disks().missing();
    }

    @Override
    public Strike strike(Cluster cluster) throws IOException {
        Instant began = Instant.now();
        cluster.disks().fill();
        try {
            String seen = publish(cluster);
            Await.pass(lasting);
            return new Strike(began, Instant.now(), "", seen);
        } finally {
            cluster.disks().empty();
        }
    }

    private static String publish(Cluster cluster) throws IOException {
        List<String> seen = new ArrayList<>();
        for (Node node : cluster.controlPlanes()) {
            String function = "drill-full-" + node.name();
            var upload = cluster.front()
                    .send(
                            node,
                            "POST",
                            "/v1/functions/" + function + "/versions",
                            Map.of("Content-Type", "application/wasm"),
                            Guests.echo(function.length()));
            seen.add("upload through " + node + ": " + upload.statusCode());
            if (upload.statusCode() / 100 == 2) {
                seen.add(INVOCATIONS + " invocations of what was uploaded: " + invoke(cluster, function));
            }
        }
        return String.join("; ", seen);
    }

    private static Map<Integer, Long> invoke(Cluster cluster, String function) {
        Client client = new Client(cluster.front());
        Map<Integer, Long> answers = new TreeMap<>();
        IntStream.range(0, INVOCATIONS).forEach(i -> answers.merge(client.status(function), 1L, Long::sum));
        return answers;
    }

    @Override
    public boolean explains(Fate failure, Strike strike) {
        return false;
    }

    @Override
    public String allowed() {
        return "none";
    }
}
