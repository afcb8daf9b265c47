package io.tributary.host.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tributary.host.calls.Calls.Kind;
import io.tributary.host.calls.PluginFailure.Cause;
import io.tributary.model.AccountId;
import io.tributary.model.PluginVersion;
import io.tributary.spi.Malformed;
import io.tributary.spi.NotStored;
import io.tributary.spi.Trouble;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("calls into a plugin")
class BoundedCallsTest {

    private static final AccountId ACCOUNT = AccountId.of("pager-us");
    private static final ClassLoader LOADER =
            new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader());

    private final Watchdog watchdog = new Watchdog();
    private final Quarantine quarantine = new Quarantine();
    private final AtomicBoolean spin = new AtomicBoolean(true);
    private final BoundedCalls calls = calls(4);

    @AfterEach
    void stop() {
        spin.set(false);
        calls.close();
        watchdog.close();
    }

    @Test
    @DisplayName("come on a virtual thread named after plugin, version, account and what is done")
    void thread() {
        var seen = new CompletableFuture<Thread>();

        calls.start(ACCOUNT, "verify", () -> seen.complete(Thread.currentThread()));

        assertThat(seen.join().isVirtual()).isTrue();
        assertThat(seen.join().getName()).isEqualTo("pager/1.2.0 pager-us verify");
    }

    @Test
    @DisplayName("that are relayed come on threads that bear the name of the work at hand")
    void relayed() {
        var names = new ConcurrentHashMap<String, String>();
        for (int i = 0; i < 1_000; i++) {
            var account = AccountId.of("pager-" + i);
            calls.relay(
                    account,
                    "webhook",
                    () -> names.put(account.value(), Thread.currentThread().getName()));
        }

        await().until(() -> names.size() == 1_000);
        names.forEach((account, name) ->
                assertThat(name).isEqualTo("pager/1.2.0 " + account + " webhook"));
    }

    @Test
    @DisplayName("that are relayed wait behind nobody once the version is closed")
    void relayedWhenClosed() {
        var asleep = new Watchdog();
        asleep.close();
        var unseen = calls(4, asleep);
        var end = new CountDownLatch(1);
        var begun = new AtomicInteger();
        try {
            for (int i = 0; i < 64; i++) {
                unseen.relay(
                        ACCOUNT,
                        "webhook",
                        () -> {
                            begun.incrementAndGet();
                            try {
                                end.await();
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            }
                        });
            }
            unseen.close();

            await().untilAtomic(begun, org.hamcrest.Matchers.equalTo(64));
        } finally {
            end.countDown();
        }
    }

    @Test
    @DisplayName("see the plugin's loader as context class loader, and nobody else does")
    void contextClassLoader() throws Exception {
        var before = Thread.currentThread().getContextClassLoader();

        var inside =
                calls.call(
                        Kind.VERIFY, ACCOUNT, () -> Thread.currentThread().getContextClassLoader());

        assertThat(inside).isSameAs(LOADER);
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    @DisplayName("are counted by kind, with what went wrong")
    void figures() throws Exception {
        calls.call(Kind.TRANSLATE, ACCOUNT, () -> 1);
        calls.call(Kind.TRANSLATE, ACCOUNT, () -> 2);
        failure(
                Kind.VERIFY,
                () -> {
                    throw new IllegalStateException("no");
                });

        var figures = calls.figures();
        assertThat(figures.running()).isZero();
        assertThat(figures.kinds()).containsOnlyKeys(Kind.TRANSLATE, Kind.VERIFY);
        assertThat(figures.of(Kind.TRANSLATE))
                .satisfies(ofKind -> {
                    assertThat(ofKind.calls()).isEqualTo(2);
                    assertThat(ofKind.failures()).isEmpty();
                    assertThat(ofKind.time()).isPositive();
                });
        assertThat(figures.of(Kind.VERIFY).failures()).containsEntry(Cause.THROWN, 1L);
    }

    @Test
    @DisplayName("that wait for the host let others have their place, and take one again after")
    void placeGivenBack() throws Exception {
        var one = calls(1);
        var inside = new CompletableFuture<CallFigures>();
        var answer =
                one.call(
                        Kind.ON_FRAME,
                        ACCOUNT,
                        () -> {
                            int within;
                            try (var _ = one.pause()) {
                                within = one.call(Kind.TRANSLATE, ACCOUNT, () -> 6);
                                assertThat(one.awaitIdle(Duration.ofMillis(1))).isFalse();
                            }
                            inside.complete(one.figures());
                            return within * 7;
                        });

        assertThat(answer).isEqualTo(42);
        assertThat(inside.join().running()).isEqualTo(1);
        assertThat(one.figures().running()).isZero();
        assertThat(one.awaitIdle(Duration.ofSeconds(1))).isTrue();
        one.close();
    }

    @Test
    @DisplayName("that waited for the host wait for a place again where others have it")
    void placeTakenAgain() throws Exception {
        var one = calls(1);
        var away = new CountDownLatch(1);
        var back = new CountDownLatch(1);
        var other = new CountDownLatch(1);
        var over = new CompletableFuture<Integer>();
        one.start(
                ACCOUNT,
                "first",
                () ->
                        told(
                                over,
                                () ->
                                        one.call(
                                                Kind.ON_FRAME,
                                                ACCOUNT,
                                                () -> {
                                                    try (var _ = one.pause()) {
                                                        away.countDown();
                                                        back.await();
                                                    }
                                                    return 1;
                                                })));
        away.await();
        var held = new CountDownLatch(1);
        var second = new CompletableFuture<Integer>();
        one.start(
                ACCOUNT,
                "second",
                () ->
                        told(
                                second,
                                () ->
                                        one.call(
                                                Kind.VERIFY,
                                                ACCOUNT,
                                                () -> {
                                                    held.countDown();
                                                    other.await();
                                                    return 2;
                                                })));
        held.await();
        back.countDown();
        await().until(() -> one.figures().waiting() == 1);
        assertThat(over).isNotDone();
        other.countDown();

        assertThat(second.join()).isEqualTo(2);
        assertThat(over.join()).isEqualTo(1);
        one.close();
    }

    @Test
    @DisplayName("for pages have an eighth of the places, however many ask, and others go on")
    void shareOfPages() throws Exception {
        var sixteen = calls(16);
        var end = new CountDownLatch(1);
        var making = new AtomicInteger();
        var refused = new AtomicInteger();
        var made = new AtomicInteger();
        int most = Bulkhead.MOST_WAITING_FOR_PAGES + 2;
        for (int i = 0; i < most; i++) {
            sixteen.start(ACCOUNT, "page", () -> page(sixteen, making, end, made, refused));
        }
        await().until(() -> sixteen.figures().waiting() == Bulkhead.MOST_WAITING_FOR_PAGES);
        sixteen.start(ACCOUNT, "page", () -> page(sixteen, making, end, made, refused));
        await().untilAtomic(refused, org.hamcrest.Matchers.equalTo(1));

        assertThat(making).hasValue(2);
        assertThat(sixteen.call(Kind.SEND, ACCOUNT, () -> "sent")).isEqualTo("sent");
        assertThat(sixteen.figures().of(Kind.PAGE).failures()).containsEntry(Cause.CLOSED, 1L);
        assertThat(sixteen.recentFailures()).isEmpty();
        end.countDown();
        await().untilAtomic(made, org.hamcrest.Matchers.equalTo(most));
        assertThat(sixteen.awaitIdle(Duration.ofSeconds(5))).isTrue();
        assertThat(sixteen.call(Kind.PAGE, ACCOUNT, () -> "page")).isEqualTo("page");
        sixteen.close();
    }

    private static void page(
            BoundedCalls calls,
            AtomicInteger making,
            CountDownLatch end,
            AtomicInteger made,
            AtomicInteger refused) {
        try {
            calls.call(
                    Kind.PAGE,
                    ACCOUNT,
                    () -> {
                        making.incrementAndGet();
                        // as where it reads its state: a page has two seconds of its own
                        try (var _ = calls.pause()) {
                            end.await();
                        }
                        return made.incrementAndGet();
                    });
        } catch (PluginFailure _) {
            refused.incrementAndGet();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("what stays takes no place, and leaves with the plugin's quarantine or end")
    void staying() throws Exception {
        var one = calls(1);
        var stays = new CountDownLatch(2);
        var left = new CompletableFuture<Integer>();
        for (int i = 0; i < 2; i++) {
            one.start(
                    ACCOUNT,
                    "connection",
                    () ->
                            told(
                                    left,
                                    () -> {
                                        one.stay(
                                                ACCOUNT,
                                                () -> {
                                                    stays.countDown();
                                                    new CountDownLatch(1).await();
                                                });
                                        return 0;
                                    }));
        }
        stays.await();
        assertThat(one.call(Kind.VERIFY, ACCOUNT, () -> 3)).isEqualTo(3);
        assertThat(one.awaitIdle(Duration.ofMillis(1))).isFalse();
        one.givenUp(ACCOUNT, "connection 0");
        assertThat(quarantine.active()).isFalse();
        one.givenUp(ACCOUNT, "connection 1");

        assertThat(left)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(InterruptedException.class);
        await().until(() -> one.awaitIdle(Duration.ofMillis(1)));
        assertThat(quarantine.why().orElseThrow()).contains("connection 1 of account pager-us");
        assertThat(
                        catchThrowableOfType(PluginFailure.class, () -> one.stay(ACCOUNT, () -> {}))
                                .why())
                .isEqualTo(Cause.CLOSED);
        one.close();
    }

    @Test
    @DisplayName("that stay and leave late are stuck only until then")
    void leftLate() {
        var one = calls(1);
        var left = one.givenUp(ACCOUNT, "connection 0");
        assertThat(watchdog.stuckNow()).isEqualTo(1);

        left.run();
        left.run();

        assertThat(watchdog.stuckNow()).isZero();
        assertThat(watchdog.stuck()).isEqualTo(1);
        one.close();
    }

    private static <T> void told(CompletableFuture<T> to, Callable<T> work) {
        try {
            to.complete(work.call());
        } catch (Exception failure) {
            to.completeExceptionally(failure);
        }
    }

    @Test
    @DisplayName("are refused once the version is closed")
    void closed() {
        calls.close();

        assertThat(failure(Kind.VERIFY, () -> 1).why()).isEqualTo(Cause.CLOSED);
    }

    @Test
    @DisplayName("hand an interrupt by others on instead of calling it a plugin's failure")
    void interruptedByOthers() {
        var waiting = new CountDownLatch(1);
        var seen = new CompletableFuture<Throwable>();
        var thread = new CompletableFuture<Thread>();

        calls.start(
                ACCOUNT,
                "send",
                () -> {
                    thread.complete(Thread.currentThread());
                    seen.complete(
                            catchThrowableOfType(
                                    InterruptedException.class,
                                    () -> calls.call(Kind.SEND, ACCOUNT, blocked(waiting))));
                });
        await().until(() -> calls.figures().running() == 1);
        thread.join().interrupt();

        assertThat(seen.join()).isInstanceOf(InterruptedException.class);
    }

    @Nested
    @DisplayName("copy what a plugin throws")
    class Thrown {

        @Test
        @DisplayName("as class name, message and frames, and keep no object of it")
        void asText() {
            var failure =
                    failure(
                            Kind.SEND,
                            () -> {
                                throw new IllegalArgumentException(
                                        "bad", new IllegalStateException("inner"));
                            });

            assertThat(failure.why()).isEqualTo(Cause.THROWN);
            assertThat(failure.type()).isEqualTo("java.lang.IllegalArgumentException");
            assertThat(failure).hasMessage("bad").hasNoCause();
            assertThat(failure.trace())
                    .contains("BoundedCallsTest")
                    .contains("caused by java.lang.IllegalStateException")
                    .doesNotContain("inner");
            assertThat(failure.toString()).doesNotContain("bad");
        }

        @Test
        @DisplayName("without secrets")
        void redacted() {
            var failure =
                    failure(
                            Kind.SEND,
                            () -> {
                                throw new IllegalArgumentException("token sesame is wrong");
                            });

            assertThat(failure).hasMessage("token *** is wrong");
        }

        @Test
        @DisplayName("also when it is an error, such as a stack that is too deep")
        void errors() {
            assertThat(failure(Kind.TRANSLATE, () -> deeper(1)).type())
                    .isEqualTo("java.lang.StackOverflowError");
            assertThat(failure(Kind.TRANSLATE, () -> new byte[Integer.MAX_VALUE]).type())
                    .isEqualTo("java.lang.OutOfMemoryError");
            assertThat(calls.figures().running()).isZero();
        }

        @Test
        @DisplayName("even if the throwable's own methods throw")
        void hostileThrowable() {
            var failure =
                    failure(
                            Kind.VERIFY,
                            () -> {
                                throw new Hostile();
                            });

            assertThat(failure.type()).isEqualTo(Hostile.class.getName());
            assertThat(failure).hasMessage("");
        }

        @Test
        @DisplayName("and tell the SPI's own exceptions apart")
        void spiExceptions() {
            var malformed =
                    failure(
                            Kind.VERIFY,
                            () -> {
                                throw new Malformed("no id");
                            });
            var notStored =
                    failure(
                            Kind.VERIFY,
                            () -> {
                                throw new NotStored(NotStored.Why.CONFLICT, "changed");
                            });
            var trouble =
                    failure(
                            Kind.LOCATE,
                            () -> {
                                throw Trouble.retry(
                                        Duration.ofSeconds(9), "busy", "sesame is busy");
                            });

            assertThat(malformed.why()).isEqualTo(Cause.MALFORMED);
            assertThat(notStored.notStored()).isEqualTo(NotStored.Why.CONFLICT);
            assertThat(trouble.trouble())
                    .satisfies(copy -> {
                        assertThat(copy).isNotNull();
                        assertThat(copy.retryAfter()).isEqualTo(Duration.ofSeconds(9));
                        assertThat(copy.reason().text()).isEqualTo("*** is busy");
                    });
        }

        @Test
        @DisplayName("and say when a plugin returned null")
        @SuppressWarnings("NullAway") // what a plugin compiled without null checks may do
        void nothingReturned() {
            assertThat(failure(Kind.VERIFY, () -> null)).hasMessage("verify returned null");
        }
    }

    @Nested
    @DisplayName("that take too long")
    class Late {

        @Test
        @DisplayName("are interrupted at their deadline")
        void interrupted() {
            var failure = failure(Kind.CAPABILITIES, blocked(new CountDownLatch(1)));

            assertThat(failure.why()).isEqualTo(Cause.DEADLINE);
            assertThat(failure).hasMessage("capabilities did not end within 200 ms");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }

        @Test
        @DisplayName("still count when they come back with a result after the interrupt")
        void resultAfterInterrupt() throws Exception {
            var answer =
                    calls.call(
                            Kind.CAPABILITIES,
                            ACCOUNT,
                            () -> {
                                while (!Thread.currentThread().isInterrupted()) {
                                    Thread.onSpinWait();
                                }
                                return "done";
                            });

            assertThat(answer).isEqualTo("done");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }

        @Test
        @DisplayName("have no deadline while the host works for them")
        void paused() throws Exception {
            var began = System.nanoTime();

            var answer =
                    calls.call(
                            Kind.CAPABILITIES,
                            ACCOUNT,
                            () -> {
                                try (var _ = calls.pause()) {
                                    await().until(() -> age(began).toMillis() > 400);
                                }
                                return Thread.currentThread().isInterrupted();
                            });

            assertThat(answer).isFalse();
        }

        @Test
        @DisplayName("are given up when they do not end, while others go on")
        void stuck() throws Exception {
            var told = new CompletableFuture<Boolean>();
            var single = calls(1);
            single.start(
                    ACCOUNT,
                    "spin",
                    () ->
                            assertThat(
                                            catchThrowableOfType(
                                                    PluginFailure.class,
                                                    () ->
                                                            single.call(
                                                                    Kind.CAPABILITIES,
                                                                    ACCOUNT,
                                                                    spinning(),
                                                                    () -> told.complete(true))))
                                    .isNotNull());

            assertThat(told.join()).isTrue();
            assertThat(single.call(Kind.VERIFY, ACCOUNT, () -> "others")).isEqualTo("others");
            assertThat(watchdog.stuck()).isEqualTo(1);
            assertThat(quarantine.active()).isFalse();
        }

        @Test
        @DisplayName("leave nobody waiting who asked")
        void ask() {
            var failure =
                    catchThrowableOfType(
                            PluginFailure.class,
                            () -> calls.ask(Kind.CAPABILITIES, ACCOUNT, spinning()));

            assertThat(failure.why()).isEqualTo(Cause.STUCK);
        }

        @Test
        @DisplayName("or fail around the call leave nobody waiting who asked")
        void askAround() {
            assertThatThrownBy(() ->
                            calls.<String>ask(
                                    ACCOUNT,
                                    Kind.TRANSLATE,
                                    _ -> {
                                        throw new StackOverflowError("the host's own fault");
                                    }))
                    .isInstanceOf(StackOverflowError.class);
        }

        @Test
        @DisplayName("put the version into quarantine when two are stuck")
        void quarantine() {
            var told = new AtomicReference<String>("");
            quarantine.whenEntered(told::set);
            for (int i = 0; i < 2; i++) {
                calls.start(ACCOUNT, "spin", () -> failure(Kind.CAPABILITIES, spinning()));
            }
            await().until(quarantine::active);

            assertThat(failure(Kind.VERIFY, () -> 1))
                    .hasMessageContaining("quarantined")
                    .extracting(PluginFailure::why)
                    .isEqualTo(Cause.CLOSED);
            await().untilAsserted(() -> assertThat(told.get()).contains("capabilities"));
        }
    }

    @Nested
    @DisplayName("that are stuck while somebody who is told of it fails")
    class Failing {

        @Test
        @DisplayName("leave nobody waiting, and calls into others their deadline")
        void watchdogGoesOn() {
            quarantine.whenEntered(_ -> {
                throw new StackOverflowError("the listener's own fault");
            });
            var other =
                    new BoundedCalls(
                            new PluginVersion("fax", "1.0.0"),
                            LOADER,
                            4,
                            new Quarantine(),
                            watchdog,
                            text -> text);
            var told = new AtomicInteger();
            for (int i = 0; i < 2; i++) {
                calls.start(
                        ACCOUNT,
                        "spin",
                        () -> {
                            var failure =
                                    catchThrowableOfType(
                                            PluginFailure.class,
                                            () ->
                                                    calls.call(
                                                            Kind.CAPABILITIES,
                                                            ACCOUNT,
                                                            spinning(),
                                                            told::incrementAndGet));
                            assertThat(failure).isNotNull();
                        });
            }
            await().until(quarantine::active);
            await().untilAtomic(told, org.hamcrest.Matchers.equalTo(2));

            var late =
                    catchThrowableOfType(
                            PluginFailure.class,
                            () ->
                                    other.call(
                                            Kind.CAPABILITIES,
                                            ACCOUNT,
                                            blocked(new CountDownLatch(1))));
            assertThat(late.why()).isEqualTo(Cause.DEADLINE);
            other.close();
        }
    }

    @Nested
    @DisplayName("that are many")
    class Many {

        @Test
        @DisplayName("wait for a place, and no more run than there are places")
        void bulkhead() throws Exception {
            var gate = new CountDownLatch(1);
            var running = new AtomicInteger();
            var most = new AtomicInteger();
            var done = new CountDownLatch(20);
            for (int i = 0; i < 20; i++) {
                calls.start(
                        ACCOUNT,
                        "send",
                        () -> {
                            assertThat(
                                            quietly(() -> {
                                                most.accumulateAndGet(
                                                        running.incrementAndGet(), Math::max);
                                                gate.await();
                                                return running.decrementAndGet();
                                            }))
                                    .isNotNegative();
                            done.countDown();
                        });
            }
            await().until(() -> calls.figures().running() == 4);
            await().until(() -> calls.figures().waiting() == 16);
            gate.countDown();
            done.await();

            assertThat(most).hasValue(4);
            assertThat(calls.awaitIdle(Duration.ofSeconds(5))).isTrue();
            assertThat(calls.figures().of(Kind.SEND).calls()).isEqualTo(20);
        }

        @Test
        @DisplayName("that wait are refused when the version is closed meanwhile")
        void closedWhileWaiting() {
            var gate = new CountDownLatch(1);
            var single = calls(1);
            single.start(ACCOUNT, "send", () -> assertThat(quietly(single, gate)).isZero());
            await().until(() -> single.figures().running() == 1);
            var seen = new CompletableFuture<Throwable>();
            single.start(
                    ACCOUNT,
                    "send",
                    () ->
                            seen.complete(
                                    catchThrowableOfType(
                                            PluginFailure.class,
                                            () -> single.call(Kind.SEND, ACCOUNT, () -> 1))));
            await().until(() -> single.figures().waiting() == 1);

            single.close();
            gate.countDown();

            assertThat(seen.join())
                    .isInstanceOfSatisfying(
                            PluginFailure.class,
                            failure -> assertThat(failure.why()).isEqualTo(Cause.CLOSED));
        }

        private int quietly(Callable<Integer> body) {
            try {
                return calls.call(Kind.SEND, ACCOUNT, body);
            } catch (PluginFailure | InterruptedException failure) {
                throw new AssertionError(failure);
            }
        }

        private int quietly(BoundedCalls single, CountDownLatch gate) {
            try {
                return single.call(
                        Kind.SEND,
                        ACCOUNT,
                        () -> {
                            gate.await();
                            return 0;
                        });
            } catch (PluginFailure | InterruptedException failure) {
                throw new AssertionError(failure);
            }
        }
    }

    @Test
    @DisplayName("whose surroundings fail end no thread unheard")
    void failingWork() {
        var after = new CompletableFuture<String>();

        calls.start(
                ACCOUNT,
                "broken",
                () -> {
                    throw new IllegalStateException("host's own fault");
                });
        calls.start(ACCOUNT, "next", () -> after.complete("fine"));

        assertThat(after.join()).isEqualTo("fine");
    }

    private BoundedCalls calls(int atOnce) {
        return calls(atOnce, watchdog);
    }

    private BoundedCalls calls(int atOnce, Watchdog watching) {
        return new BoundedCalls(
                new PluginVersion("pager", "1.2.0"),
                LOADER,
                atOnce,
                quarantine,
                watching,
                text -> text.replace("sesame", "***"));
    }

    private PluginFailure failure(Kind kind, Callable<?> body) {
        return catchThrowableOfType(
                PluginFailure.class, () -> calls.call(kind, ACCOUNT, body, () -> {}));
    }

    private Callable<String> spinning() {
        return () -> {
            while (spin.get()) {
                Thread.onSpinWait();
            }
            return "at last";
        };
    }

    private static Callable<String> blocked(CountDownLatch latch) {
        return () -> {
            latch.await();
            return "woken";
        };
    }

    private static Duration age(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static int deeper(int depth) {
        return depth < 0 ? depth : deeper(depth + 1) + 1;
    }

    private static final class Hostile extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new UnsupportedOperationException("not even this");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new UnsupportedOperationException("nor this");
        }
    }
}
