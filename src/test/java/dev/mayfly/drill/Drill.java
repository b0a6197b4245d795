package dev.mayfly.drill;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Runs a load against a cluster, breaks one thing after the other, and accounts for every request. */
final class Drill {

    private static final String SCHEDULED = "scheduled";

    private final DrillPlan plan;
    private final Cluster cluster;
    private final Client client;
    private final Receiver receiver;
    private final Ledger ledger = new Ledger();

    /**
     * A drill.
     *
     * @param receiver of callbacks, which the control planes let be called
     */
    Drill(DrillPlan plan, Cluster cluster, Receiver receiver) {
        this.plan = plan;
        this.cluster = cluster;
        this.receiver = receiver;
        this.client = new Client(cluster.front());
    }

    /** Does all of it. The cluster is as it was afterwards. */
    Verdict run() throws IOException, SQLException {
        for (Kind kind : Kind.values()) {
            client.deploy(kind.function(), kind.configuration(), kind.module());
        }
        client.deploy(SCHEDULED, "{}", Guests.echo(0));
        client.schedule(SCHEDULED);
        long unsent;
        try (OpenLoop load = new OpenLoop(plan.rate(), new Load(client, ledger, receiver)::request)) {
            Await.pass(plan.warmUp());
            for (Fault fault : plan.faults()) {
                strike(fault);
            }
            unsent = load.unsent();
        }
        Settlement.Account account = new Settlement(cluster, client, receiver).settle(ledger.submissions());
        return new Verdict(plan, ledger, account, unsent);
    }

    private void strike(Fault fault) throws IOException {
        Instant from = Instant.now();
        Optional<String> impossible = fault.impossible(cluster);
        if (impossible.isPresent()) {
            say("skipped: " + fault.name() + " (" + impossible.get() + ")");
            return;
        }
        Await.pass(plan.quiet());
        say(fault.name());
        Strike strike = fault.strike(cluster);
        say("over after " + Duration.between(strike.began(), strike.ended()).toSeconds() + " s");
        Await.pass(plan.after());
        ledger.add(new Ledger.Entry(fault, strike, from, Instant.now()));
    }

    private static void say(String what) {
        System.out.println(Instant.now() + " " + what);
    }

    /** Kinds of faults that were left out, for the report. */
    List<String> skipped() {
        return plan.faults().stream()
                .flatMap(fault -> fault.impossible(cluster).map(reason -> fault.name() + ": " + reason).stream())
                .toList();
    }
}
