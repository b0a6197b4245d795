package dev.mayfly.asynchronous.queue;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The lines that invocations stand in, one for each function. A turn is a point of virtual time, as in weighted fair
 * queueing: taking items moves it on, by the less the larger the function's weight. A line that wakes goes just before
 * the one that is served next, unless its own turn is later: it neither waits for what others have had before, nor is
 * it served for what it did not ask for meanwhile, and its first item passes all lines that have had their share.
 *
 * <p>Turns of lines that were served are even. Going before an even turn is going to the odd one below it; going before an
 * odd one is joining it. So many lines that wake at once share one turn, and do not push each other back.
 */
@Repository
public class Lines {

    /** How often forgotten lines are looked for, in seconds. */
    public static final int SWEEP_SECONDS = 15;

    /** What taking one item adds to the turn of a line with weight 1. */
    private static final long STEP = 1_000_000;

    private static final int BATCH = 100;

    /** The turn that is just before the one served next, and the same for all that wake until that is served. */
    private static final String BEFORE_NEXT = """
            (select v - 1 + abs(mod(v, 2)) from (select
                coalesce((select turn from async_line where awake = true order by awake, turn limit 1),
                         (select turn from async_line where awake = false order by awake desc, turn desc limit 1), 0)
                as v) next)
            """;

    private static final String WAKE =
            "update async_line set awake = true, turn = greatest(turn, " + BEFORE_NEXT + ") where function_name = ?";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate own;
    private final InstantSource time;
    /** Lines that are known to be there; they are never deleted. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Lines(JdbcTemplate jdbc, PlatformTransactionManager transactions, InstantSource time) {
        this.jdbc = jdbc;
        this.own = new TransactionTemplate(transactions);
        this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.time = time;
    }

    /** Makes a function's line if there is none, in a transaction of its own. */
    void ensure(String function) {
        if (known.contains(function)) {
            return;
        }
        try {
            own.executeWithoutResult(_ -> insertIfMissing(function));
        } catch (DuplicateKeyException another) {
            // Another was faster: it is there.
        }
        known.add(function);
    }

    private void insertIfMissing(String function) {
        if (jdbc.query("select function_name from async_line where function_name = ?", Sql.TEXT, function)
                .isEmpty()) {
            jdbc.update(
                    "insert into async_line (function_name, awake, turn, wake_at, depth) values (?, false, 0, ?, 0)",
                    function,
                    Sql.NEVER);
        }
    }

    /** Sees to it that a line is awake when its new item is due. Writes nothing to a line that is awake already. */
    public void wake(String function, Instant due) {
        if (due.isAfter(time.instant())) {
            jdbc.update(
                    "update async_line set wake_at = ? where function_name = ? and awake = false and wake_at > ?",
                    Sql.time(due),
                    function,
                    Sql.time(due));
        } else {
            jdbc.update(WAKE + " and awake = false", function);
        }
    }

    /** Wakes lines whose time has come. */
    void wakeDue(Instant now) {
        wakeAll(jdbc.query("""
                select function_name from async_line where awake = false and wake_at <= ?
                order by awake, wake_at limit ? for update skip locked
                """, Sql.TEXT, Sql.time(now), BATCH));
    }

    /** Wakes lines that sleep although something is due in them; see {@link Claims} for how that can be. */
    @Transactional
    public int wakeForgotten() {
        OffsetDateTime now = Sql.time(time.instant());
        List<String> forgotten = jdbc.query("""
                select function_name from async_line where awake = false and exists (
                    select 1 from async_queue q where q.function_name = async_line.function_name and q.due_at <= ?)
                for update skip locked
                """, Sql.TEXT, now);
        wakeAll(forgotten);
        return forgotten.size();
    }

    private void wakeAll(List<String> functions) {
        if (!functions.isEmpty()) {
            jdbc.batchUpdate(
                    WAKE,
                    functions.stream().map(function -> new Object[] {function}).toList());
        }
    }

    /** Locks the lines that are served next and that nobody else has locked. */
    List<Line> lockNext(int most, Set<String> without) {
        List<Object> parameters = new ArrayList<>(without);
        String others = without.isEmpty() ? "" : "and function_name not in (" + Sql.parameters(without.size()) + ")";
        parameters.add(most);
        return jdbc.query(
                "select function_name, turn from async_line where awake = true " + others
                        + " order by awake, turn limit ? for update skip locked",
                (row, _) -> new Line(row.getString(1), row.getLong(2)),
                parameters.toArray());
    }

    /**
     * Moves a locked line's turn on.
     *
     * @param taken how many items were taken
     * @param wakeAt until when the line sleeps; null if it stays awake
     */
    void advance(Line line, int taken, int weight, @Nullable OffsetDateTime wakeAt) {
        long turn = line.turn() + taken * STEP / weight;
        jdbc.update(
                "update async_line set awake = ?, turn = ?, wake_at = ? where function_name = ?",
                wakeAt == null,
                turn + (turn & 1),
                wakeAt == null ? Sql.NEVER : wakeAt,
                line.function());
    }
}
