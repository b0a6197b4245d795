package dev.mayfly.testing;

import java.util.Map;

/** The databases that Mayfly runs on. */
public enum Database {
    /** In a file of the data directory. */
    H2,
    /** A real server, with a fresh database for each application that asks. */
    POSTGRES;

    /** Properties of an application that keeps its data in a database of its own. */
    public Map<String, String> properties() {
        return switch (this) {
            case H2 -> Map.of();
            case POSTGRES -> PostgresServer.instance().createDatabase();
        };
    }
}
