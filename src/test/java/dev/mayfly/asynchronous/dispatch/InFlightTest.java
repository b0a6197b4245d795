package dev.mayfly.asynchronous.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.asynchronous.AsynchronousProperties;
import dev.mayfly.asynchronous.queue.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class InFlightTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private static final AsynchronousProperties PROPERTIES = new AsynchronousProperties(
            4,
            3,
            DataSize.ofMegabytes(1),
            DataSize.ofMegabytes(1),
            10,
            10,
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofMillis(250),
            Duration.ofHours(1),
            Duration.ofSeconds(60),
            new AsynchronousProperties.Retention(Duration.ofDays(1), 10, Duration.ofDays(1), Duration.ofMinutes(1)));

    private final InFlight inFlight =
            new InFlight(PROPERTIES, function -> function.equals("narrow") ? 1 : Integer.MAX_VALUE);

    private Claim begin(String function) {
        Claim claim = new Claim(UUID.randomUUID(), function, 1, 1, false, false);
        inFlight.begin(new Attempt(claim));
        return claim;
    }

    @Test
    void thereIsRoomForSoManyInAllAndOfAFunction() {
        begin("a");
        begin("a");
        begin("a");

        assertThat(inFlight.room(NOW)).isEqualTo(1);
        assertThat(inFlight.roomOf("a")).isZero();
        assertThat(inFlight.roomOf("b")).isEqualTo(3);
        assertThat(inFlight.full()).containsExactly("a");
    }

    @Test
    void aFunctionsOwnConcurrencyCounts() {
        assertThat(inFlight.roomOf("narrow")).isEqualTo(1);
        Claim claim = begin("narrow");
        assertThat(inFlight.full()).containsExactly("narrow");

        inFlight.end(claim);

        assertThat(inFlight.full()).isEmpty();
        assertThat(inFlight.size()).isZero();
    }

    @Test
    void oneThatWasLostAndIsClaimedAnewCountsTwiceUntilBothHaveEnded() {
        Claim lost = begin("a");
        Claim anew = new Claim(lost.id(), "a", 3, 3, true, false);
        Attempt current = new Attempt(anew);
        inFlight.begin(current);
        assertThat(inFlight.size()).isEqualTo(2);

        inFlight.end(lost);

        assertThat(inFlight.find(lost.id())).contains(current);
        assertThat(inFlight.size()).isEqualTo(1);
        inFlight.end(anew);
        assertThat(inFlight.size()).isZero();
    }

    @Test
    void aPausedFunctionIsLeftOutForAWhile() {
        inFlight.pause("a", NOW.plusSeconds(1));

        assertThat(inFlight.room(NOW)).isEqualTo(4);
        assertThat(inFlight.full()).containsExactly("a");
        assertThat(inFlight.room(NOW.plusSeconds(1))).isEqualTo(4);
        assertThat(inFlight.full()).isEmpty();
    }

    @Test
    void whenManyFunctionsFindNoSlotNothingIsClaimed() {
        for (int i = 0; i < 65; i++) {
            inFlight.pause("f" + i, NOW.plusSeconds(1));
        }

        assertThat(inFlight.room(NOW)).isZero();
        assertThat(inFlight.room(NOW.plusSeconds(1))).isEqualTo(4);
    }
}
