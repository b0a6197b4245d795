package dev.mayfly.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.testing.FakeEngine;
import dev.mayfly.testing.TestModules;
import dev.mayfly.wasm.validation.ModuleValidator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachingExecutableModulesTest {

    private static final InstanceLimits LIMITS = new InstanceLimits(16, 100, 65536);
    private static final long KIB = 1024;

    private final FakeEngine engine = new FakeEngine();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FileArtifactStore store;
    private final CachingExecutableModules modules;

    CachingExecutableModulesTest(@TempDir Path root) throws IOException {
        store = new FileArtifactStore(root);
        ModuleInspector inspector = new MeteredModuleInspector(new ModuleValidator(), meters);
        modules = new CachingExecutableModules(new ModuleLoader(store, inspector, engine, meters), 10 * KIB, meters);
    }

    @AfterEach
    void everythingIsClosedInTheEnd() {
        modules.close();
        store.close();
        assertThat(engine.open()).isZero();
    }

    @Test
    void loadsOnceAndKeepsWhatItLoaded() throws Exception {
        ContentDigest digest = store("a");

        try (ExecutableLease first = modules.acquire(digest, LIMITS);
                ExecutableLease second = modules.acquire(digest, LIMITS)) {
            assertThat(first.cold()).isTrue();
            assertThat(second.cold()).isFalse();
            assertThat(second.executable()).isSameAs(first.executable());
            assertThat(second.module().export("_start")).isPresent();
        }

        assertThat(engine.compilations()).isEqualTo(1);
        assertThat(meters.get("cache.gets")
                        .tag("result", "hit")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("cache.gets")
                        .tag("result", "miss")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("mayfly.executables.cold.loads").counter().count())
                .isEqualTo(1);
        assertThat(meters.get("mayfly.executables.weight").gauge().value()).isEqualTo(KIB);
        assertThat(meters.get("mayfly.module.compile").timer().count()).isEqualTo(1);
    }

    @Test
    void compilesAnewForOtherLimits() throws Exception {
        ContentDigest digest = store("a");

        modules.acquire(digest, LIMITS).close();
        modules.acquire(digest, new InstanceLimits(17, 100, 65536)).close();

        assertThat(engine.compilations()).isEqualTo(2);
    }

    @Test
    void loadsOnceHoweverManyAskAtTheSameTime() throws Exception {
        ContentDigest digest = store("a");
        int threads = 16;
        CyclicBarrier together = new CyclicBarrier(threads);

        List<ExecutableLease> leases = inParallel(threads, () -> {
            together.await();
            return modules.acquire(digest, LIMITS);
        });

        assertThat(engine.compilations()).isEqualTo(1);
        assertThat(leases).filteredOn(ExecutableLease::cold).hasSize(1);
        leases.forEach(ExecutableLease::close);
    }

    @Test
    void whoWaitsForALoadThatFailsIsToldSoAndTheNextTriesAgain() throws Exception {
        ContentDigest digest = store("a");
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch mayFail = new CountDownLatch(1);
        engine.fail(new EngineException("no luck"));
        engine.beforeCompilation(() -> {
            loading.countDown();
            await(mayFail);
        });

        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<ExecutableLease> loader = threads.submit(() -> modules.acquire(digest, LIMITS));
            loading.await();
            Future<ExecutableLease> waiter = threads.submit(() -> modules.acquire(digest, LIMITS));
            mayFail.countDown();

            for (Future<ExecutableLease> failed : List.of(loader, waiter)) {
                assertThatThrownBy(failed::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(EngineException.class);
            }
        }

        engine.fail(null);
        engine.beforeCompilation(null);
        try (ExecutableLease lease = modules.acquire(digest, LIMITS)) {
            assertThat(lease.cold()).isTrue();
        }
    }

    @Test
    void keepsWithinItsWeight() throws Exception {
        engine.weigh(3 * KIB);

        for (String salt : List.of("a", "b", "c", "d", "e", "f")) {
            modules.acquire(store(salt), LIMITS).close();
        }

        assertThat(engine.open()).isLessThanOrEqualTo(3);
        assertThat(meters.get("mayfly.executables.weight").gauge().value()).isLessThanOrEqualTo(10 * KIB);
        assertThat(meters.get("cache.evictions").functionCounters()).anyMatch(evictions -> evictions.count() > 0);
    }

    @Test
    void whatIsEvictedStaysOpenUntilItsLastLeaseIsClosed() throws Exception {
        engine.weigh(100 * KIB); // more than the cache holds: evicted at once
        ContentDigest digest = store("a");

        ExecutableLease first = modules.acquire(digest, LIMITS);
        assertThat(engine.open()).isEqualTo(1);
        first.close();
        first.close();

        assertThat(engine.open()).isZero();
        try (ExecutableLease again = modules.acquire(digest, LIMITS)) {
            assertThat(again.cold()).isTrue();
        }
    }

    @Test
    void closingTheCacheLeavesLeasesOpen() throws Exception {
        ExecutableLease lease = modules.acquire(store("a"), LIMITS);

        modules.close();

        assertThat(engine.open()).isEqualTo(1);
        lease.close();
    }

    @Test
    void anUploadIsWarmForItsFirstInvocation() throws Exception {
        try (StagedArtifact staged = stage("a")) {
            var module = new ModuleValidator()
                    .validate(Files.newInputStream(staged.file()))
                    .module();

            assertThat(modules.warm(staged.digest(), module, staged.file(), LIMITS))
                    .isPositive();
            assertThat(modules.warm(staged.digest(), module, staged.file(), LIMITS))
                    .isEqualTo(Duration.ZERO);
            staged.commit();
            try (ExecutableLease lease = modules.acquire(staged.digest(), LIMITS)) {
                assertThat(lease.cold()).isFalse();
            }
        }
        assertThat(meters.get("mayfly.executables.cold.loads").counter().count())
                .isZero();
    }

    @Test
    void refusesAStoredFileThatIsDamaged() throws Exception {
        ContentDigest digest = store("a");
        Files.write(store.locate(digest), TestModules.command("b"));

        assertThatThrownBy(() -> modules.acquire(digest, LIMITS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
        assertThat(engine.compilations()).isZero();
    }

    @Test
    void saysThatAModuleIsNotStored() {
        assertThatThrownBy(() -> modules.acquire(new ContentDigest("0".repeat(64)), LIMITS))
                .isInstanceOf(NoSuchFileException.class);
    }

    /** The fake refuses to run what is closed. */
    @Test
    void nothingIsClosedWhileItIsInUseHoweverMuchIsEvicted() throws Exception {
        engine.weigh(4 * KIB);
        List<ContentDigest> digests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            digests.add(store("m" + i));
        }

        inParallel(8, () -> {
            for (int i = 0; i < 500; i++) {
                ContentDigest digest = digests.get(ThreadLocalRandom.current().nextInt(digests.size()));
                try (ExecutableLease lease = modules.acquire(digest, LIMITS)) {
                    TestModules.run(lease.executable());
                }
            }
            return "done";
        });

        assertThat(engine.open()).isLessThanOrEqualTo(2);
    }

    private static <T> List<T> inParallel(int threads, Callable<T> work) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (Future<T> future : pool.invokeAll(
                    IntStream.range(0, threads).mapToObj(i -> work).toList())) {
                results.add(future.get());
            }
        }
        return results;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private StagedArtifact stage(String salt) throws IOException {
        return store.stage(new ByteArrayInputStream(TestModules.command(salt)), 1000);
    }

    private ContentDigest store(String salt) throws IOException {
        try (StagedArtifact staged = stage(salt)) {
            staged.commit();
            return staged.digest();
        }
    }
}
