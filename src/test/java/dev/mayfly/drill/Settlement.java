package dev.mayfly.drill;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;

/** Waits until no asynchronous invocation is left to do, and asks for the end of each one that was accepted. */
final class Settlement {

    private static final Duration EMPTY = Duration.ofMinutes(5);
    private static final int AT_ONCE = 8;

    private final Cluster cluster;
    private final Client client;

    Settlement(Cluster cluster, Client client) {
        this.cluster = cluster;
        this.client = client;
    }

    /**
     * The account of a drill.
     *
     * @param ends of all accepted invocations
     * @param unknown ids in the database that no client was told of
     */
    record Account(List<EndState> ends, Set<String> unknown) {}

    Account settle(List<Submission> submissions) throws IOException, SQLException {
        Await.until(EMPTY, "the queue to be empty", this::queueIsEmpty);
        List<Submission> accepted =
                submissions.stream().filter(Submission::accepted).toList();
        List<EndState> ends = ends(accepted);
        Set<String> unknown = inDatabase();
        accepted.forEach(submission -> unknown.remove(submission.id()));
        return new Account(ends, unknown);
    }

    private List<EndState> ends(List<Submission> accepted) throws IOException {
        try (ExecutorService askers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<EndState>> asked = accepted.stream()
                    .map(submission -> askers.submit(() -> end(submission)))
                    .toList();
            List<EndState> ends = new java.util.ArrayList<>();
            for (Future<EndState> answer : asked) {
                ends.add(answer.get());
            }
            return List.copyOf(ends);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private EndState end(Submission submission) throws IOException {
        String path = "/v1/invocations/" + submission.id();
        HttpResponse<byte[]> response = client.get(path);
        if (response.statusCode() != 200) {
            return new EndState(submission, EndState.MISSING + "-" + response.statusCode(), 0, false);
        }
        JsonNode invocation = Client.json(response);
        String state = invocation.path("state").asString("");
        boolean correct = !state.equals("succeeded")
                || submission
                        .kind()
                        .answers(submission.key(), client.get(path + "/output").body());
        return new EndState(submission, state, invocation.path("attempts").asInt(0), correct);
    }

    private boolean queueIsEmpty() {
        try (Connection connection = cluster.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from async_queue")) {
            return rows.next() && rows.getLong(1) == 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Set<String> inDatabase() throws SQLException {
        Set<String> ids = new HashSet<>();
        try (Connection connection = cluster.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select id from async_invocation where function_name like 'drill-%'")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }
}
