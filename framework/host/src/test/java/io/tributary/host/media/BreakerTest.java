package io.tributary.host.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.objects.Bucket;
import io.tributary.host.objects.BucketAddress;
import io.tributary.host.objects.BucketUnavailable;
import io.tributary.host.objects.StoreServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("what a bucket is asked for")
final class BreakerTest {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(Breaker.class.getName());

    private static BucketUnavailable silent;
    private static BucketUnavailable refused;
    private static BucketUnavailable interrupted;

    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final AtomicInteger trials = new AtomicInteger();
    private volatile @Nullable BucketUnavailable trial;
    private final Breaker breaker =
            new Breaker(
                    "put",
                    () -> {
                        trials.incrementAndGet();
                        fail(trial);
                    },
                    nanos::get);

    /// As a real store and the lack of one bring them about.
    @BeforeAll
    static void failures() throws Exception {
        try (var store = new StoreServer();
                Bucket bucket = store.bucket()) {
            BucketAddress there = store.address();
            var guessed = new BucketAddress.Credentials(there.credentials().id(), "guessed");
            var address =
                    new BucketAddress(
                            there.endpoint(),
                            there.region(),
                            there.bucket(),
                            there.prefix(),
                            there.style(),
                            guessed);
            try (var stranger =
                    new Bucket(address, InstantSource.system(), Duration.ofSeconds(10))) {
                refused =
                        catchThrowableOfType(BucketUnavailable.class, () -> stranger.list(null, 1));
            }
            Thread.currentThread().interrupt();
            interrupted = catchThrowableOfType(BucketUnavailable.class, () -> bucket.list(null, 1));
            assertThat(Thread.interrupted()).isTrue();
            store.awayWhile(() ->
                    silent =
                            catchThrowableOfType(
                                    BucketUnavailable.class, () -> bucket.list(null, 1)));
        }
    }

    @AfterAll
    static void forget() {
        silent = null;
        refused = null;
        interrupted = null;
    }

    @BeforeEach
    void listen() {
        said.start();
        LOG.addAppender(said);
    }

    @AfterEach
    void leave() {
        LOG.detachAppender(said);
    }

    private static void fail(@Nullable BucketUnavailable failure) {
        if (failure != null) {
            throw failure;
        }
    }

    /// @param failure null: it works
    private boolean ask(@Nullable BucketUnavailable failure) {
        return breaker.ask(() -> {
            fail(failure);
            return true;
        });
    }

    private void waits(@Nullable BucketUnavailable failure) {
        assertThatThrownBy(() -> ask(failure))
                .isInstanceOf(JournalUnavailable.class)
                .hasMessageNotContaining(StoreServer.BUCKET);
    }

    private List<String> said() {
        return said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    @DisplayName("waits at once while a store is silent, and one alone tries it out")
    void oneTries() throws Exception {
        var trying = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        var hanging =
                new Breaker(
                        "put",
                        () -> {
                            trials.incrementAndGet();
                            trying.countDown();
                            await(answer);
                        },
                        nanos::get);
        assertThatThrownBy(() ->
                        hanging.ask(() -> {
                            throw silent;
                        }))
                .isInstanceOf(JournalUnavailable.class);
        var first =
                CompletableFuture.supplyAsync(
                        () -> hanging.ask(() -> true), Thread::startVirtualThread);
        trying.await();
        var asked = new AtomicInteger();

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> hanging.ask(() -> asked.incrementAndGet() > 0))
                    .isInstanceOf(JournalUnavailable.class);
        }
        assertThat(asked).hasValue(0);
        answer.countDown();

        assertThat(first.join()).isTrue();
        assertThat(hanging.ask(() -> true)).isTrue();
        assertThat(trials).hasValue(1);
    }

    @Test
    @DisplayName("is tried out again after a pause, for as long as nobody answers")
    void again() {
        waits(silent);
        trial = silent;
        waits(null);
        assertThat(trials).hasValue(1);
        trial = null;
        nanos.addAndGet(Breaker.PAUSE.toNanos() - 1);
        waits(null);
        assertThat(trials).hasValue(1);
        nanos.incrementAndGet();

        assertThat(ask(null)).isTrue();
        assertThat(trials).hasValue(2);
    }

    @Test
    @DisplayName("keeps nobody else from asking where the store answers and refuses it")
    void refusals() {
        waits(refused);
        assertThat(ask(null)).isTrue();
        assertThat(trials).hasValue(0);

        waits(silent);
        trial = refused;
        assertThat(ask(null)).isTrue();
        assertThat(ask(null)).isTrue();
        assertThat(trials).hasValue(1);
    }

    @Test
    @DisplayName("is not taken for an answer where who asked was stopped, nor for trouble")
    void interruptions() {
        waits(interrupted);
        assertThat(said()).isEmpty();
        assertThat(ask(null)).isTrue();
        assertThat(trials).hasValue(0);

        waits(silent);
        trial = interrupted;
        waits(null);
        trial = silent;
        waits(null);
        assertThat(trials).hasValue(2);
        assertThat(said()).hasSize(1);
    }

    @Test
    @DisplayName("is told of when it fails and when it works again, once each")
    void told() {
        waits(refused);
        waits(silent);
        waits(silent);
        assertThat(said())
                .singleElement()
                .asString()
                .startsWith("media wait to be put: ")
                .contains("403 SignatureDoesNotMatch");

        assertThat(ask(null)).isTrue();
        assertThat(ask(null)).isTrue();
        assertThat(said()).hasSize(2).last().asString().startsWith("media go on: ");
    }

    @Test
    @DisplayName("is not told to work again by one that began before and ended well")
    void before() {
        boolean large =
                breaker.ask(() -> {
                    waits(silent);
                    return true;
                });
        assertThat(large).isTrue();
        assertThat(said()).singleElement().asString().startsWith("media wait to be put: ");

        assertThat(ask(null)).isTrue();
        assertThat(said()).hasSize(2).last().asString().startsWith("media go on: ");
    }

    @Test
    @DisplayName("is not told of each time that one is refused and others are not")
    void seldom() {
        for (int i = 0; i < 5; i++) {
            waits(refused);
            assertThat(ask(null)).isTrue();
        }
        assertThat(said()).hasSize(2);
        waits(silent);
        assertThat(ask(null)).isTrue();
        assertThat(said()).hasSize(4);

        nanos.addAndGet(Breaker.REFUSALS.toNanos());
        waits(refused);
        assertThat(said()).hasSize(5).last().asString().contains("403");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
