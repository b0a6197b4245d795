package dev.mayfly.drill;

import java.util.List;
import java.util.UUID;

/** The requests of a drill. Of twenty, fourteen are synchronous and six asynchronous. */
final class Load {

    private static final List<Kind> SYNCHRONOUS = List.of(
            Kind.ECHO,
            Kind.NAP,
            Kind.GREETING,
            Kind.NAP_TWICE,
            Kind.ECHO,
            Kind.GREETING,
            Kind.NAP,
            Kind.FIBONACCI,
            Kind.NAP_TWICE,
            Kind.ECHO,
            Kind.GREETING,
            Kind.NAP,
            Kind.ECHO,
            Kind.FIBONACCI);
    private static final List<Kind> ASYNCHRONOUS =
            List.of(Kind.ECHO, Kind.NAP, Kind.ECHO, Kind.FAILURE, Kind.NAP, Kind.ECHO);

    private final Client client;
    private final Ledger ledger;
    private final Receiver receiver;

    Load(Client client, Ledger ledger, Receiver receiver) {
        this.client = client;
        this.ledger = ledger;
        this.receiver = receiver;
    }

    /** Sends a request and writes down what came of it. Of ten, seven are synchronous and then three asynchronous. */
    void request(long number) {
        int round = (int) (number % 20);
        int half = round / 10;
        int place = round % 10;
        String id = UUID.randomUUID().toString();
        if (place < 7) {
            ledger.add(client.invoke(SYNCHRONOUS.get(half * 7 + place), id));
        } else {
            Kind kind = ASYNCHRONOUS.get(half * 3 + place - 7);
            ledger.add(client.submit(kind, id, kind.calledBack() ? receiver.address(id) : ""));
        }
    }
}
