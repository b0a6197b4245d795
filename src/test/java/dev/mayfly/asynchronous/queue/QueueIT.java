package dev.mayfly.asynchronous.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.asynchronous.AsynchronousInvocation;
import dev.mayfly.asynchronous.AsynchronousInvocations;
import dev.mayfly.asynchronous.InvocationState;
import dev.mayfly.asynchronous.Submission;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.VersionSelector;
import dev.mayfly.invocations.http.Guests;
import dev.mayfly.invocations.http.ScriptedApplication;
import dev.mayfly.invocations.http.ScriptedFunctions;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.testing.Database;
import dev.mayfly.testing.Mayfly;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.servlet.DispatcherServlet;

/** The queue in the database by itself: nobody dispatches, and time passes when a test says so. */
@ParameterizedClass
@EnumSource(Database.class)
@SuppressWarnings("NullAway.Init")
class QueueIT {

    private static final String A = "owner-a";
    private static final String B = "owner-b";
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static Mayfly mayfly;
    private static AdjustableTime time;
    private static JdbcTemplate jdbc;

    QueueIT(Database database) {}

    @BeforeParameterizedClassInvocation
    static void start(Database database, @TempDir Path directory) {
        mayfly = Mayfly.start(
                directory,
                database,
                Map.of(
                        "mayfly.samples.enabled", "false",
                        "mayfly.async.max-inflight", "0",
                        "mayfly.async.retention.age", "1d",
                        "mayfly.async.retention.dead-letter-age", "10d"),
                ScriptedApplication.class,
                AdjustableTime.Configuration.class);
        // Housekeeping locks lines for moments, and a claim leaves out what is locked.
        ApplicationContext context =
                Objects.requireNonNull(mayfly.bean(DispatcherServlet.class).getWebApplicationContext());
        context.getBean("asyncDispatchLifecycle", SmartLifecycle.class).stop();
        time = mayfly.bean(AdjustableTime.class);
        jdbc = mayfly.bean(JdbcTemplate.class);
        for (String name : List.of("a", "b", "c")) {
            mayfly.bean(ScriptedFunctions.class).deploy(name, Guests::echo);
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        mayfly.close();
    }

    @BeforeEach
    @AfterEach
    void empty() {
        for (String table : List.of(
                "async_queue", "async_invocation", "async_input", "async_key", "async_dead_letter", "async_callback")) {
            jdbc.update("delete from " + table);
        }
        jdbc.update("update async_line set awake = false, turn = 0, wake_at = ?, depth = 0", Sql.NEVER);
    }

    private static UUID submit(String function) {
        return submit(function, null, null);
    }

    private static UUID submit(String function, @Nullable String key, @Nullable Instant notBefore) {
        return mayfly.bean(AsynchronousInvocations.class)
                .submit(new Submission(
                        new FunctionName(function),
                        VersionSelector.LIVE,
                        List.of(),
                        ByteBuffer.wrap("input".getBytes(StandardCharsets.UTF_8)),
                        null,
                        key,
                        notBefore,
                        "test"));
    }

    private static List<Claim> claim(String owner, int room) {
        return claim(owner, room, Map.of());
    }

    private static List<Claim> claim(String owner, int room, Map<String, Integer> weights) {
        return mayfly.bean(Claims.class)
                .claim(owner, room, Set.of(), _ -> room, function -> weights.getOrDefault(function, 100));
    }

    private static boolean write(String owner, Ending ending) {
        return !mayfly.bean(Endings.class).write(owner, List.of(ending)).isEmpty();
    }

    private static Ending succeeded(Claim claim) {
        return new Ending.Ended(
                claim, InvocationState.SUCCEEDED, Optional.empty(), Ending.Result.without("succeeded", null));
    }

    private static Ending dead(Claim claim) {
        return new Ending.Ended(
                claim, InvocationState.DEAD, Optional.of("max-attempts"), Ending.Result.without("exited", null));
    }

    private static AsynchronousInvocation find(UUID id) {
        return mayfly.bean(AsynchronousInvocations.class).find(id).orElseThrow();
    }

    @Test
    void whatIsClaimedIsNotClaimedAgainBeforeItsLeaseRunsOut() {
        UUID id = submit("a");

        Claim first = claim(A, 10).getFirst();
        assertThat(first.id()).isEqualTo(id);
        assertThat(first.attempts()).isEqualTo(1);
        assertThat(first.lost()).isFalse();
        time.pass(LEASE.minusMillis(1));
        assertThat(claim(B, 10)).isEmpty();
        time.pass(Duration.ofMillis(1));
        Claim second = claim(B, 10).getFirst();

        assertThat(second.id()).isEqualTo(id);
        assertThat(second.attempts()).isEqualTo(2);
        assertThat(second.lost()).isTrue();
    }

    @Test
    void aRenewedLeaseLasts() {
        submit("a");
        List<Claim> claims = claim(A, 10);

        for (int i = 0; i < 10; i++) {
            time.pass(LEASE.dividedBy(2));
            mayfly.bean(Leases.class).renew(A, claims);
            assertThat(claim(B, 10)).isEmpty();
        }

        assertThat(mayfly.bean(Leases.class).look(claims)).containsValue(Leases.Standing.HELD);
    }

    @Test
    void whoLostItsLeaseWritesNothing() {
        UUID id = submit("a");
        Claim lost = claim(A, 1).getFirst();
        time.pass(LEASE);
        Claim current = claim(B, 1).getFirst();

        assertThat(mayfly.bean(Leases.class).look(List.of(lost))).containsValue(Leases.Standing.LOST);
        mayfly.bean(Leases.class).renew(A, List.of(lost));
        assertThat(write(A, succeeded(lost))).isFalse();
        assertThat(write(A, new Ending.Again(lost, time.instant(), false, false)))
                .isFalse();
        assertThat(find(id).state()).isEqualTo(InvocationState.RUNNING);
        assertThat(write(B, succeeded(current))).isTrue();
        assertThat(write(B, succeeded(current))).isFalse();

        assertThat(find(id).state()).isEqualTo(InvocationState.SUCCEEDED);
        assertThat(find(id).attempts()).isEqualTo(2);
    }

    @Test
    void aLeaseThatRanOutButThatNobodyTookStillCounts() {
        UUID id = submit("a");
        Claim late = claim(A, 1).getFirst();
        time.pass(LEASE.multipliedBy(10));

        assertThat(write(A, succeeded(late))).isTrue();

        assertThat(find(id).state()).isEqualTo(InvocationState.SUCCEEDED);
        assertThat(claim(B, 1)).isEmpty();
    }

    @Test
    void anAttemptThatDidNotStartDoesNotCount() {
        submit("a");
        Claim first = claim(A, 1).getFirst();

        write(A, new Ending.Again(first, time.instant().plusSeconds(1), false, false));
        mayfly.bean(Lines.class).wake("a", time.instant().plusSeconds(1));
        assertThat(claim(A, 1)).isEmpty();
        time.pass(Duration.ofSeconds(1));
        Claim second = claim(A, 1).getFirst();

        assertThat(second.attempts()).isEqualTo(1);
        assertThat(second.lost()).isFalse();
        assertThat(second.generation()).isGreaterThan(first.generation());
    }

    @Test
    void oneFunctionsQueueDoesNotHoldUpAnothers() {
        IntStream.range(0, 50).forEach(_ -> submit("a"));
        claim(A, 20);
        UUID other = submit("b");

        List<Claim> next = claim(A, 2);

        assertThat(next).extracting(Claim::id).contains(other);
    }

    @Test
    void theFirstOfAFunctionPassesHoweverManyOthersWait() {
        IntStream.range(0, 40).forEach(i -> {
            mayfly.bean(ScriptedFunctions.class).deploy("many-" + i, Guests::echo);
            submit("many-" + i);
            submit("many-" + i);
        });
        // Each has its share once; what is left waits for the next.
        IntStream.range(0, 3).forEach(_ -> claim(A, 16));
        UUID first = submit("a");
        UUID second = submit("b");

        assertThat(claim(A, 2)).extracting(Claim::id).containsExactlyInAnyOrder(first, second);
        submit("a");
        assertThat(claim(A, 1)).extracting(Claim::function).doesNotContain("a");
    }

    @Test
    void functionsAreServedByWeight() {
        IntStream.range(0, 60).forEach(_ -> {
            submit("a");
            submit("b");
        });
        List<String> served = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            claim(A, 1, Map.of("a", 300, "b", 100)).forEach(claim -> served.add(claim.function()));
        }

        assertThat(served).filteredOn("a"::equals).hasSizeBetween(29, 31);
    }

    @Test
    void aFunctionThatWasIdleHasNotSavedUpTurns() {
        IntStream.range(0, 60).forEach(_ -> submit("a"));
        claim(A, 40);
        IntStream.range(0, 20).forEach(_ -> submit("b"));

        List<Claim> next = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            next.addAll(claim(A, 1));
        }

        assertThat(next).filteredOn(claim -> claim.function().equals("b")).hasSizeBetween(4, 6);
    }

    @Test
    void functionsWithoutRoomAreLeftOut() {
        submit("a");
        UUID other = submit("b");

        List<Claim> claims = mayfly.bean(Claims.class).claim(A, 10, Set.of("a"), _ -> 10, _ -> 100);

        assertThat(claims).extracting(Claim::id).containsExactly(other);
    }

    @Test
    void whatIsNotDueIsClaimedWhenItIs() {
        UUID later = submit("a", null, time.instant().plusSeconds(60));
        UUID soon = submit("a", null, time.instant().plusSeconds(30));

        assertThat(claim(A, 10)).isEmpty();
        time.pass(Duration.ofSeconds(30));
        assertThat(claim(A, 10)).extracting(Claim::id).containsExactly(soon);
        assertThat(claim(A, 10)).isEmpty();
        time.pass(Duration.ofSeconds(30).minusMillis(1));
        assertThat(claim(A, 10)).isEmpty();
        time.pass(Duration.ofMillis(1));
        // The lease of the first ends at the same time.
        assertThat(claim(A, 10)).extracting(Claim::id).containsExactlyInAnyOrder(soon, later);
    }

    @Test
    void anItemOfALineThatFellAsleepOverItIsFoundByTheSecondLook() {
        submit("a");
        claim(A, 10);
        // As if the claim had not seen it yet, and it not the line's falling asleep.
        UUID overlooked = submit("a");
        jdbc.update(
                "update async_line set awake = false, wake_at = ? where function_name = 'a'",
                Sql.time(time.instant().plusMillis(Claims.LINGER_MILLIS)));

        assertThat(claim(A, 10)).isEmpty();
        time.pass(Duration.ofMillis(Claims.LINGER_MILLIS));

        assertThat(claim(A, 10)).extracting(Claim::id).containsExactly(overlooked);
    }

    @Test
    void aForgottenLineIsFoundByTheSweep() {
        UUID forgotten = submit("a");
        jdbc.update("update async_line set awake = false, wake_at = ?", Sql.NEVER);
        assertThat(claim(A, 10)).isEmpty();

        assertThat(mayfly.bean(Lines.class).wakeForgotten()).isEqualTo(1);

        assertThat(claim(A, 10)).extracting(Claim::id).containsExactly(forgotten);
        assertThat(mayfly.bean(Lines.class).wakeForgotten()).isZero();
    }

    @Test
    void manyClaimersClaimEachItemOnce() throws Exception {
        IntStream.range(0, 100).forEach(i -> submit(List.of("a", "b", "c").get(i % 3)));
        Set<UUID> claimed = ConcurrentHashMap.newKeySet();
        List<Claim> all = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(4);

        for (int i = 0; i < 4; i++) {
            String owner = "owner-" + i;
            Thread.ofVirtual().start(() -> {
                while (claimed.size() < 100) {
                    List<Claim> some = claim(owner, 7);
                    all.addAll(some);
                    some.forEach(claim -> {
                        claimed.add(claim.id());
                        write(owner, succeeded(claim));
                    });
                }
                done.countDown();
            });
        }
        done.await();

        assertThat(all).hasSize(100);
        assertThat(jdbc.queryForObject("select count(*) from async_queue", Integer.class))
                .isZero();
        assertThat(jdbc.queryForObject(
                        "select count(*) from async_invocation where state = 'succeeded'", Integer.class))
                .isEqualTo(100);
    }

    @Test
    void submissionsWithOneKeyThatRaceAreOne() throws Exception {
        Set<UUID> ids = ConcurrentHashMap.newKeySet();
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> ids.add(submit("a", "key", null))))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(ids).hasSize(1);
        assertThat(jdbc.queryForObject("select count(*) from async_queue", Integer.class))
                .isEqualTo(1);
        time.pass(Duration.ofHours(24));
        assertThat(submit("a", "key", null)).isNotIn(ids);
    }

    @Test
    void aCallbackIsLeftInTheTransactionThatEndsTheInvocation() {
        UUID called = submit("a");
        UUID silent = submit("a");
        jdbc.update("update async_invocation set callback_url = 'https://example.org/' where id = ?", called);

        claim(A, 10).forEach(claim -> write(A, succeeded(claim)));

        assertThat(jdbc.query("select invocation_id from async_callback", Sql.ID))
                .containsExactly(called)
                .doesNotContain(silent);
    }

    @Test
    void retentionDeletesWhatIsOldAndLeavesWhatIsNot() {
        UUID ended = submit("a", "key", null);
        UUID died = submit("a");
        UUID waiting = submit("b");
        List<Claim> claims = claim(A, 10);
        for (Claim claim : claims) {
            if (claim.id().equals(ended)) {
                write(A, succeeded(claim));
            } else if (claim.id().equals(died)) {
                write(A, dead(claim));
            }
        }
        AsynchronousInvocations invocations = mayfly.bean(AsynchronousInvocations.class);

        time.pass(Duration.ofDays(1).minusSeconds(1));
        mayfly.bean(Retention.class).trim();
        assertThat(invocations.find(ended)).isPresent();
        time.pass(Duration.ofSeconds(2));
        mayfly.bean(Retention.class).trim();

        assertThat(invocations.find(ended)).isEmpty();
        assertThat(invocations.find(died)).isPresent();
        assertThat(invocations.find(waiting)).isPresent();
        assertThat(jdbc.queryForObject("select count(*) from async_key", Integer.class))
                .isZero();
        time.pass(Duration.ofDays(10));
        mayfly.bean(Retention.class).trim();
        assertThat(invocations.find(died)).isEmpty();
        assertThat(invocations.find(waiting)).isPresent();
    }

    @Test
    void depthsComeRightWhenALineIsCounted() {
        IntStream.range(0, 5).forEach(_ -> submit("a", null, time.instant().plusSeconds(60)));
        Depths depths = mayfly.bean(Depths.class);
        depths.exchange();
        assertThat(depths.of("a")).isGreaterThanOrEqualTo(5);
        jdbc.update("update async_line set depth = 1000 where function_name = 'a'");

        depths.recount();
        depths.exchange();

        assertThat(depths.of("a")).isEqualTo(5);
        assertThat(depths.count("a")).isEqualTo(5);
    }

    @Test
    void aRequestThatDiffersIsAConflict() {
        submit("a", "other", null);

        assertThatThrownBy(() -> submit("a", "other", time.instant().plusSeconds(1)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("another request");
    }
}
