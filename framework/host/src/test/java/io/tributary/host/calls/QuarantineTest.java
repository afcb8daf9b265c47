package io.tributary.host.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.host.calls.Calls.Kind;
import io.tributary.model.AccountId;
import io.tributary.model.PluginVersion;
import io.tributary.spi.Malformed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a plugin in quarantine")
class QuarantineTest {

    private static final AccountId ACCOUNT = AccountId.of("pager-us");
    private static final Instant BEGIN = Instant.parse("2026-03-01T09:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final Quarantine quarantine =
            new Quarantine(now::get, Duration.ofSeconds(30), Duration.ofMinutes(10));
    private final Watchdog watchdog = new Watchdog();
    private final CountDownLatch release = new CountDownLatch(1);
    private final BoundedCalls calls =
            new BoundedCalls(
                    new PluginVersion("pager", "1.2.0"),
                    getClass().getClassLoader(),
                    4,
                    quarantine,
                    watchdog,
                    text -> text);

    @AfterEach
    void stop() {
        release.countDown();
        calls.close();
        watchdog.close();
    }

    @Test
    @DisplayName("is let out by one call that ends as it should")
    void trial() throws Exception {
        enter();
        assertThat(calls.refusal().orElse("")).contains("quarantined", "2026-03-01T09:00:30Z");
        later(Duration.ofSeconds(29));
        refused();

        later(Duration.ofSeconds(1));

        assertThat(calls.call(Kind.CAPABILITIES, ACCOUNT, () -> "well")).isEqualTo("well");
        assertThat(quarantine.active()).isFalse();
        assertThat(calls.refusal()).isEmpty();
        assertThat(calls.call(Kind.VERIFY, ACCOUNT, () -> "again")).isEqualTo("again");
    }

    @Test
    @DisplayName("is called by nobody else while its trial is under way")
    void one() throws Exception {
        quarantine.enter("it has 100 threads");
        later(Duration.ofSeconds(30));
        var gate = new CountDownLatch(1);
        var inside = new CountDownLatch(1);
        calls.start(
                ACCOUNT,
                "trial",
                () ->
                        failureOf(() -> {
                            inside.countDown();
                            gate.await();
                            return "well";
                        }));
        inside.await();

        refused();

        gate.countDown();
        await().until(() -> !quarantine.active());
    }

    @Test
    @DisplayName("is let out by nothing but a call of the kind that was stuck")
    void ofTheSameKind() throws Exception {
        enter();
        later(Duration.ofSeconds(30));

        assertThat(failureOf(calls, Kind.VERIFY, () -> "well")).isEqualTo("well");
        assertThat(quarantine.active()).isTrue();

        assertThat(failureOf(calls, Kind.CAPABILITIES, () -> "well")).isEqualTo("well");
        assertThat(quarantine.active()).isFalse();
    }

    @Test
    @DisplayName("is called one at a time in other ways until it has shown that it ends")
    void along() throws Exception {
        enter();
        later(Duration.ofSeconds(30));
        var gate = new CountDownLatch(1);
        var inside = new CountDownLatch(1);
        var ended = new CompletableFuture<String>();
        calls.start(
                ACCOUNT,
                "along",
                () ->
                        ended.complete(
                                failureOf(() -> {
                                    inside.countDown();
                                    gate.await();
                                    return "well";
                                })));
        inside.await();

        refused();
        assertThat(failureOf(calls, Kind.CAPABILITIES, QuarantineTest::thrown))
                .isEqualTo("still broken");

        gate.countDown();
        assertThat(ended).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("well");
        assertThat(quarantine.active()).isTrue();
        refused();
    }

    @Test
    @DisplayName(
            "waits longer when a call of another kind is stuck meanwhile, and that has to show")
    void alsoStuck() throws Exception {
        enter();
        later(Duration.ofSeconds(30));
        var forever = new CountDownLatch(1);
        try {
            calls.start(ACCOUNT, "along", () -> failureOf(calls, Kind.PARK, () -> deaf(forever)));
            await().until(() -> calls.refusal().orElse("").contains("capabilities, park"));

            assertThat(quarantine.nextTrial()).contains(BEGIN.plusSeconds(30 + 60));
        } finally {
            forever.countDown();
        }
    }

    @Test
    @DisplayName("is let out when a call of each kind that was stuck has ended as it should")
    void ofEachKind() throws Exception {
        stick(1, Kind.CAPABILITIES);
        stick(1, Kind.PARK);
        await().until(quarantine::active);
        release.countDown();
        await().until(() -> watchdog.stuckNow() == 0);
        later(Duration.ofSeconds(30));
        assertThat(calls.refusal().orElse("")).contains("capabilities, park");

        assertThat(failureOf(calls, Kind.PARK, () -> "well")).isEqualTo("well");
        assertThat(quarantine.active()).isTrue();
        assertThat(failureOf(calls, Kind.PARK, () -> "well")).isEqualTo("well");
        assertThat(quarantine.active()).isTrue();
        assertThat(failureOf(calls, Kind.CAPABILITIES, () -> "well")).isEqualTo("well");

        assertThat(quarantine.active()).isFalse();
    }

    @Test
    @DisplayName("is let out by a call of any kind when none of those that were stuck comes")
    void ofAnotherKind() throws Exception {
        enter();
        later(Duration.ofSeconds(30));
        later(Duration.ofSeconds(29));
        assertThat(failureOf(calls, Kind.VERIFY, () -> "well")).isEqualTo("well");
        assertThat(quarantine.active()).isTrue();

        later(Duration.ofSeconds(1));

        assertThat(failureOf(calls, Kind.VERIFY, () -> "well")).isEqualTo("well");
        assertThat(quarantine.active()).isFalse();
    }

    @Test
    @DisplayName("waits twice as long after each trial that fails, ten minutes at most")
    void doubling() {
        enter();
        var pauses = new ArrayList<Duration>();
        for (int i = 0; i < 6; i++) {
            now.set(quarantine.nextTrial().orElseThrow());
            var began = now.get();
            assertThatThrownBy(() -> calls.call(Kind.CAPABILITIES, ACCOUNT, QuarantineTest::thrown))
                    .hasMessage("still broken");
            pauses.add(Duration.between(began, quarantine.nextTrial().orElseThrow()));
        }

        assertThat(pauses)
                .extracting(Duration::toSeconds)
                .containsExactly(60L, 120L, 240L, 480L, 600L, 600L);
    }

    @Test
    @DisplayName("is let out by an honest complaint about what it was given")
    void complaint() {
        enter();
        later(Duration.ofSeconds(30));

        assertThatThrownBy(() ->
                        calls.call(
                                Kind.CAPABILITIES,
                                ACCOUNT,
                                () -> {
                                    throw new Malformed("no number in it");
                                }))
                .isInstanceOf(PluginFailure.class);

        assertThat(quarantine.active()).isFalse();
    }

    @Test
    @DisplayName("goes on where it was when it is put in again soon after")
    void again() throws Exception {
        enter();
        later(Duration.ofSeconds(30));
        calls.call(Kind.CAPABILITIES, ACCOUNT, () -> "well");

        quarantine.enter("it has 100 threads");

        assertThat(quarantine.nextTrial()).contains(now.get().plusSeconds(60));
        assertThat(quarantine.why().orElse("")).contains("it has 100 threads");
    }

    @Test
    @DisplayName("is not tried while calls that may never end hold half of the carriers")
    void crowded() {
        int many = Carriers.most() / 2 + 1;
        stick(Math.max(2, many));
        assertThat(watchdog.restartAdvised().orElse("")).contains("stuck");
        later(Duration.ofSeconds(30));

        refused();

        release.countDown();
        await().until(() -> watchdog.stuckNow() == 0);
        assertThat(watchdog.restartAdvised()).isEmpty();
        assertThat(failureOf(calls, Kind.CAPABILITIES, () -> "well")).isEqualTo("well");
    }

    private void enter() {
        stick(2);
        release.countDown();
        await().until(() -> watchdog.stuckNow() == 0);
    }

    /// Has calls wait for the release and for nothing else.
    private void stick(int many) {
        stick(many, Kind.CAPABILITIES);
        await().until(quarantine::active);
    }

    private void stick(int many, Kind kind) {
        List<Thread> threads = new ArrayList<>();
        long before = watchdog.stuck();
        for (int i = 0; i < many; i++) {
            var others = i < 2 ? calls : another();
            threads.add(Thread.ofVirtual().start(() -> failureOf(others, kind, this::deaf)));
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> watchdog.stuck() == before + many);
    }

    private BoundedCalls another() {
        return new BoundedCalls(
                new PluginVersion("other", "1.0.0"),
                getClass().getClassLoader(),
                4,
                new Quarantine(),
                watchdog,
                text -> text);
    }

    private String deaf() {
        return deaf(release);
    }

    private static String deaf(CountDownLatch release) {
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException ignored) {
                // that is what it is here for
                continue;
            }
        }
        return "at last";
    }

    private static String thrown() {
        throw new IllegalStateException("still broken");
    }

    private void refused() {
        assertThat(failureOf(() -> "not run")).contains("quarantined");
    }

    private String failureOf(Callable<String> body) {
        return failureOf(calls, Kind.VERIFY, body);
    }

    private static String failureOf(BoundedCalls calls, Kind kind, Callable<String> body) {
        try {
            return calls.call(kind, ACCOUNT, body);
        } catch (PluginFailure | InterruptedException failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    private void later(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}
