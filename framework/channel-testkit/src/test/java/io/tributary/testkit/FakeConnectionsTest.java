package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Bytes;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Connection;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Health;
import io.tributary.spi.Inbound;
import io.tributary.spi.NotStored;
import io.tributary.spi.RawEvent;
import io.tributary.spi.Slot;
import io.tributary.testkit.ticker.TickerAccount;
import io.tributary.testkit.ticker.TickerChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the fake host's connections")
class FakeConnectionsTest {

    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(10));
    private static final Delivery LINE =
            Delivery.of(RawEvent.of("line", Bytes.utf8("1\tada\thello"), Dedupe.key("1")));

    private final FakeHost host = new FakeHost();
    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    /// One life of a connection.
    @FunctionalInterface
    private interface Life {
        void live(Slot slot) throws Exception;
    }

    @AfterEach
    void close() {
        host.close();
    }

    private HostedAccount open(Life life) throws Exception {
        var settings =
                TestSettings.NONE
                        .with("url", LoopbackProvider.unreachable())
                        .withSecret("key", "open");
        return host.open(
                new TickerChannel() {
                    @Override
                    public Account open(AccountContext context) {
                        return new TickerAccount(context) {
                            @Override
                            public Connection connect(Slot slot) {
                                return () -> life.live(slot);
                            }
                        };
                    }
                },
                settings);
    }

    private static void await() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Test
    @DisplayName("are one for each slot, and begin again when they ended")
    void oneForEach() throws Exception {
        try (var account =
                open(_ -> {
                    throw new IllegalStateException("no line");
                })) {
            var connection = account.connect(0);

            assertThatThrownBy(() -> account.connect(0)).hasMessageContaining("slot 0");
            assertThatThrownBy(() -> account.connect(2)).hasMessageContaining("no slot 2 of 2");
            PATIENCE.until("a second life", () -> connection.begun() > 1);
            assertThat(connection.endings().getFirst()).contains("no line");
            connection.close();
            account.connect(0).close();
        }
    }

    @Test
    @DisplayName(
            "are given messages from UP until they say anything else, and no longer than they run")
    void upOrNot() throws Exception {
        var begin = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        try (var account =
                open(slot -> {
                    begin.await();
                    slot.report(Health.up());
                    seen.add("up");
                    go.await();
                    slot.report(Health.degraded("the line is noisy"));
                    seen.add("noisy");
                    await();
                })) {
            var connection = account.connect(0);
            assertThat(connection.up()).isFalse();
            begin.countDown();
            seen.take();
            assertThat(connection.up()).isTrue();
            go.countDown();
            seen.take();
            assertThat(connection.up()).isFalse();
        }
    }

    @Test
    @DisplayName("deliver while they leave, and no more when they have left")
    void leaving() throws Exception {
        try (var account =
                open(slot -> {
                    seen.add(slot);
                    try {
                        await();
                    } catch (InterruptedException leave) {
                        seen.add(slot.deliver(LINE));
                    }
                })) {
            var connection = account.connect(0);
            var slot = (Slot) seen.take();
            connection.close();

            assertThat((List<?>) seen.take()).hasSize(1);
            assertThat(host.stored()).hasSize(1);
            assertThatThrownBy(() -> slot.deliver(LINE))
                    .isInstanceOfSatisfying(
                            NotStored.class,
                            over -> assertThat(over.why()).isEqualTo(NotStored.Why.UNAVAILABLE));
        }
    }

    @Test
    @DisplayName("are told LOST when their lease is, and nothing of theirs is stored")
    void lost() throws Exception {
        try (var account =
                open(slot -> {
                    seen.add(slot);
                    try {
                        await();
                    } catch (InterruptedException lost) {
                        try {
                            slot.deliver(LINE);
                        } catch (NotStored told) {
                            seen.add(told.why());
                        }
                    }
                })) {
            var connection = account.connect(0);
            seen.take();
            connection.lose();

            assertThat(seen.take()).isEqualTo(NotStored.Why.LOST);
            assertThat(host.stored()).isEmpty();
        }
    }

    @Test
    @DisplayName("do not know what became of a delivery whose answer was lost, though it is stored")
    void answerLost() throws Exception {
        host.loseNextAnswer();
        try (var account =
                open(slot -> {
                    try {
                        seen.add(slot.deliver(LINE).getFirst().fate().name());
                    } catch (InterruptedException unknown) {
                        seen.add("unknown");
                    }
                    await();
                })) {
            account.connect(0);

            assertThat(seen.take()).isEqualTo("unknown");
            assertThat(host.stored()).hasSize(1);
        }
    }

    @Test
    @DisplayName("leave side by side, and all of them, where one does not")
    void leaveWhateverFails() throws Exception {
        var free = new CountDownLatch(1);
        var account =
                open(slot -> {
                    seen.add(slot);
                    try {
                        await();
                    } catch (InterruptedException leave) {
                        if (slot.number() == 0) {
                            free.await();
                        }
                    }
                });
        account.connect();
        var slots = List.of((Slot) seen.take(), (Slot) seen.take());

        assertThatThrownBy(() -> account.close(Duration.ofMillis(100)))
                .isInstanceOf(DeadlineMissed.class)
                .hasMessageContaining("connection 0");
        assertThat(slots)
                .filteredOn(slot -> slot.number() == 1)
                .allSatisfy(slot ->
                        assertThatThrownBy(() -> slot.deliver(LINE)).isInstanceOf(NotStored.class));
        free.countDown();
    }

    @Test
    @DisplayName(
            "are gone before the account is closed, and so is what is stored of what they delivered")
    void storedFirst() throws Exception {
        var go = new CountDownLatch(1);
        var account =
                host.open(
                        new TickerChannel() {
                            @Override
                            public Account open(AccountContext context) {
                                return new SlowToTranslate(context, seen, go);
                            }
                        },
                        TestSettings.NONE
                                .with("url", LoopbackProvider.unreachable())
                                .withSecret("key", "open"));
        account.connect(0);
        assertThat(seen.take()).isEqualTo("translating");

        var closing = Thread.ofVirtual().start(account::close);
        assertThat(seen.take()).isEqualTo("left");
        PATIENCE.until("the close to wait", () -> closing.getState() == Thread.State.TIMED_WAITING);
        go.countDown();

        assertThat(seen.take()).isEqualTo("translated");
        assertThat(seen.take()).isEqualTo("closed");
        closing.join();
        assertThat(host.stored()).hasSize(1);
    }

    /// Its connection does not wait for what it delivered.
    private static final class SlowToTranslate extends TickerAccount {

        private final BlockingQueue<Object> seen;
        private final CountDownLatch go;

        SlowToTranslate(AccountContext context, BlockingQueue<Object> seen, CountDownLatch go) {
            super(context);
            this.seen = seen;
            this.go = go;
        }

        @Override
        public Connection connect(Slot slot) {
            return () -> {
                try {
                    var _ = slot.deliver(LINE);
                } catch (InterruptedException leave) {
                    seen.add("left");
                }
            };
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            seen.add("translating");
            try {
                go.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException("interrupted", interrupted);
            }
            seen.add("translated");
            return super.translate(arrival);
        }

        @Override
        public void close() {
            seen.add("closed");
        }
    }

    @Test
    @DisplayName("own each key once")
    void keys() throws Exception {
        try (var account =
                open(slot -> {
                    seen.add(slot);
                    await();
                })) {
            account.connect();
            var one = (Slot) seen.take();
            var other = (Slot) seen.take();

            for (int key = 0; key < 100; key++) {
                assertThat(one.owns("key" + key)).isNotEqualTo(other.owns("key" + key));
            }
            assertThat(one.of()).isEqualTo(2);
            assertThat(one.number() + other.number()).isEqualTo(1);
        }
    }
}
