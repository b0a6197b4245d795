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

    /** The schedule fires in each second after the one in which it was made. Both are of one moment. */
    private static final String FIRINGS = """
            select (select count(*) from async_invocation where function_name = 'scheduled'),
                cast(extract(epoch from (next_firing - date_trunc('second', created_at))) as bigint) - 1
            from schedules where function_name = 'scheduled'
            """;

    private final Cluster cluster;
    private final Client client;
    private final Receiver receiver;

    Settlement(Cluster cluster, Client client, Receiver receiver) {
        this.cluster = cluster;
        this.client = client;
        this.receiver = receiver;
    }

    /**
     * The account of a drill.
     *
     * @param ends of all accepted invocations
     * @param unknown ids in the database that no client was told of
     * @param undelivered keys of invocations whose result was to be delivered, and was not
     * @param deliveredAgain how many results were delivered more than once, as may happen
     * @param firings what came of the schedule
     */
    record Account(
            List<EndState> ends, Set<String> unknown, List<String> undelivered, long deliveredAgain, Firings firings) {}

    /**
     * What a schedule has done.
     *
     * @param asked how many invocations it has asked for
     * @param due how many it had to ask for
     */
    record Firings(long asked, long due) {}

    Account settle(List<Submission> submissions) throws IOException, SQLException {
        Await.until(EMPTY, "the queue to be empty", this::queueIsEmpty);
        List<Submission> accepted =
                submissions.stream().filter(Submission::accepted).toList();
        List<EndState> ends = ends(accepted);
        Set<String> unknown = inDatabase();
        accepted.forEach(submission -> unknown.remove(submission.id()));
        List<Submission> calledBack = accepted.stream()
                .filter(submission -> submission.kind().calledBack())
                .toList();
        Await.until(EMPTY, "results to be delivered", () -> count("callback_deliveries where state = 'pending'") == 0);
        return new Account(
                ends,
                unknown,
                calledBack.stream()
                        .map(Submission::key)
                        .filter(key -> receiver.deliveries(key) == 0)
                        .toList(),
                calledBack.stream()
                        .filter(submission -> receiver.deliveries(submission.key()) > 1)
                        .count(),
                query(FIRINGS));
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
        return count("async_queue where function_name <> 'scheduled'") == 0 && count("async_callback") == 0;
    }

    private long count(String what) {
        return query("select count(*), 0 from " + what).asked();
    }

    private Firings query(String query) {
        try (Connection connection = cluster.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return new Firings(rows.getLong(1), rows.getLong(2));
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
