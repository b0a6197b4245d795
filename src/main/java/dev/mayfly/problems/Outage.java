package dev.mayfly.problems;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.TransactionException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** What can fail around the server, and is told apart from faults of its own. */
public final class Outage {

    /** As the C library words ENOSPC and EDQUOT: Java has no type for either. */
    private static final Set<String> NO_ROOM = Set.of("No space left on device", "Disk quota exceeded");

    /** PostgreSQL's {@code disk_full}. */
    private static final String STATE_DISK_FULL = "53100";

    /** The class of connection exceptions in the SQL standard. */
    private static final String CLASS_CONNECTION = "08";

    /** PostgreSQL's {@code admin_shutdown}, {@code crash_shutdown} and {@code cannot_connect_now}. */
    private static final Set<String> STATES_DOWN = Set.of("57P01", "57P02", "57P03");

    private Outage() {}

    /** What a fault is a consequence of, by the exceptions that caused it; empty if it is our own. */
    public static Optional<ProblemType> of(Throwable fault) {
        List<Throwable> causes = causes(fault);
        // The order counts: a database may fail because the disk is full.
        if (causes.stream().anyMatch(Outage::isNoRoom)) {
            return Optional.of(ProblemType.STORAGE_FULL);
        }
        return causes.stream().anyMatch(Outage::isNoConnection)
                ? Optional.of(ProblemType.DATABASE_UNAVAILABLE)
                : Optional.empty();
    }

    private static List<Throwable> causes(Throwable fault) {
        List<Throwable> causes = new ArrayList<>();
        for (@Nullable Throwable cause = fault; cause != null; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    private static boolean isNoRoom(Throwable cause) {
        return switch (cause) {
            case IOException e -> NO_ROOM.stream().anyMatch(String.valueOf(e.getMessage())::contains);
            case SQLException e -> STATE_DISK_FULL.equals(e.getSQLState());
            default -> false;
        };
    }

    private static boolean isNoConnection(Throwable cause) {
        return switch (cause) {
            // The connection broke in a transaction: its rollback fails too, and hides what happened.
            case TransactionException _ -> true;
            case SQLTransientConnectionException _,
                    SQLNonTransientConnectionException _,
                    SQLRecoverableException _,
                    DataAccessResourceFailureException _,
                    CannotCreateTransactionException _ -> true;
            case SQLException e -> isNoConnection(String.valueOf(e.getSQLState()));
            default -> false;
        };
    }

    private static boolean isNoConnection(String state) {
        return state.startsWith(CLASS_CONNECTION) || STATES_DOWN.contains(state);
    }
}
