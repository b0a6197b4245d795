package dev.mayfly.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefreshingCacheTest {

    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final Duration STALE = Duration.ofMinutes(15);

    /** What stands for the database: says how often it was asked, or that it is out of order. */
    private static final class Source {

        private final AtomicInteger reads = new AtomicInteger();
        private volatile @Nullable RuntimeException failure;
        private volatile @Nullable CountDownLatch hanging;

        String read(String key) {
            int number = reads.incrementAndGet();
            CountDownLatch latch = hanging;
            if (latch != null) {
                awaitUninterruptibly(latch);
            }
            RuntimeException planned = failure;
            if (planned != null) {
                throw planned;
            }
            return key + number;
        }

        private static void awaitUninterruptibly(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final AtomicLong now = new AtomicLong(-5);
    private final Source source = new Source();

    private RefreshingCache<String, String> cache(Executor reads) {
        return new RefreshingCache<>(source::read, REFRESH, STALE, 100, now::get, reads);
    }

    private final RefreshingCache<String, String> cache = cache(Runnable::run);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void aYoungValueIsNotReadAgain() {
        assertThat(cache.get("a")).isEqualTo("a1");
        pass(Duration.ofMillis(999));
        assertThat(cache.get("a")).isEqualTo("a1");
        assertThat(source.reads).hasValue(1);
    }

    @Test
    void aValueOfMoreThanAnIntervalIsUsedWhileItIsReadInTheBackground() {
        List<Runnable> background = new ArrayList<>();
        RefreshingCache<String, String> later = cache(read -> {
            if (source.reads.get() == 0) {
                read.run();
            } else {
                background.add(read);
            }
        });
        later.get("a");
        pass(Duration.ofMillis(1500));

        assertThat(later.get("a")).isEqualTo("a1");
        assertThat(later.get("a")).isEqualTo("a1");
        assertThat(background).as("one read, however many ask").hasSize(1);

        background.forEach(Runnable::run);
        assertThat(later.get("a")).isEqualTo("a2");
    }

    @Test
    void nothingIsOlderThanTwoIntervals() {
        cache.get("a");
        pass(Duration.ofSeconds(2));
        assertThat(cache.get("a")).isEqualTo("a2");
    }

    @Test
    void anInvalidatedValueIsReadFirst() {
        cache.get("a");
        cache.invalidate("a");
        assertThat(cache.get("a")).isEqualTo("a2");
    }

    @Test
    void whatWasBeingReadAtAnInvalidationDoesNotCount() {
        List<Runnable> background = new ArrayList<>();
        RefreshingCache<String, String> later = cache(read -> {
            if (source.reads.get() == 1) {
                background.add(read);
            } else {
                read.run();
            }
        });
        later.get("a");
        pass(Duration.ofMillis(1500));
        later.get("a");
        source.reads.incrementAndGet();

        later.invalidate("a");
        assertThat(later.get("a")).isEqualTo("a3");
        background.forEach(Runnable::run);
        assertThat(later.get("a")).isEqualTo("a3");
    }

    @Test
    void whatIsKnownIsUsedWhileTheSourceFails() {
        cache.get("a");
        source.failure = new IllegalStateException("down");
        pass(Duration.ofMinutes(14));

        assertThat(cache.get("a")).isEqualTo("a1");
        cache.invalidate("a");
        assertThat(cache.get("a")).isEqualTo("a1");
    }

    @Test
    void aSilentSourceIsAskedOncePerIntervalWhateverIsWanted() {
        for (String key : List.of("a", "b", "c")) {
            cache.get(key);
        }
        source.failure = new IllegalStateException("down");
        pass(Duration.ofMinutes(1));
        cache.get("a");
        int before = source.reads.get();

        for (int i = 0; i < 50; i++) {
            List.of("a", "b", "c").forEach(cache::get);
            pass(Duration.ofMillis(100));
        }

        assertThat(source.reads.get() - before).isBetween(4, 6);
    }

    @Test
    void whatIsTooOldIsNotUsed() {
        cache.get("a");
        source.failure = new IllegalStateException("down");
        pass(STALE);
        assertThatThrownBy(() -> cache.get("a")).isSameAs(source.failure);
    }

    @Test
    void whatIsUnknownFailsAsTheSourceDoes() {
        source.failure = new IllegalStateException("down");
        assertThatThrownBy(() -> cache.get("a")).isSameAs(source.failure);
        source.failure = null;
        assertThat(cache.get("a")).isEqualTo("a2");
    }

    @Test
    void onceTheSourceAnswersNothingOldIsUsed() {
        cache.get("a");
        cache.get("b");
        source.failure = new IllegalStateException("down");
        pass(Duration.ofMinutes(1));
        cache.get("a");
        source.failure = null;
        pass(REFRESH);

        cache.get("a");

        assertThat(cache.get("a")).isNotEqualTo("a1");
        assertThat(cache.get("b")).isNotEqualTo("b2");
    }

    @Test
    void whoAsksASourceThatHangsWaitsForAnIntervalAndNobodyWaitsAgain() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            RefreshingCache<String, String> hanging =
                    new RefreshingCache<>(source::read, Duration.ofMillis(50), STALE, 100, now::get, threads);
            hanging.get("a");
            hanging.get("b");
            CountDownLatch latch = new CountDownLatch(1);
            source.hanging = latch;
            pass(Duration.ofSeconds(10));

            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> hanging.get("a")));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("a1");
            }
            assertThat(CompletableFuture.supplyAsync(() -> hanging.get("b"), threads)
                            .get())
                    .isEqualTo("b2");

            source.hanging = null;
            latch.countDown();
            await().untilAsserted(() -> assertThat(hanging.get("a")).isNotEqualTo("a1"));
        }
    }

    @Test
    void manyThatAskForWhatIsUnknownReadItOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            RefreshingCache<String, String> shared = cache(threads);
            CountDownLatch latch = new CountDownLatch(1);
            source.hanging = latch;
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> shared.get("a")));
            }
            latch.countDown();
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("a1");
            }
        }
    }
}
