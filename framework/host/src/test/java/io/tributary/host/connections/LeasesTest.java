package io.tributary.host.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.host.accounts.Deliveries;
import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.accounts.SlotLeases;
import io.tributary.host.inbound.DirectCalls;
import io.tributary.host.inbound.TestAccount;
import io.tributary.host.journal.Expect;
import io.tributary.model.AccountId;
import io.tributary.model.Signal;
import io.tributary.spi.Account;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Connection;
import io.tributary.spi.Conversation;
import io.tributary.spi.Delivery;
import io.tributary.spi.Health;
import io.tributary.spi.HoldsConnections;
import io.tributary.spi.Inbound;
import io.tributary.spi.NotStored;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Outcome;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import io.tributary.spi.Slot;
import io.tributary.spi.Translates;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a slot's lease")
final class LeasesTest {

    private static final AccountId ID = AccountId.of("mast");

    private final Antenna antenna = new Antenna();
    private final Leases leases = new Leases();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DirectCalls calls = new DirectCalls();
    private final TestAccount account = new TestAccount(ID, antenna, calls);
    private final OneAccount accounts = new OneAccount(account);
    private final Nowhere deliveries = new Nowhere();
    private Connections connections = null;

    @BeforeEach
    void start() {
        connections =
                new Connections(
                        accounts,
                        leases,
                        deliveries,
                        new ConnectionPace(
                                Duration.ofMillis(5),
                                Duration.ofMillis(20),
                                Duration.ofSeconds(60),
                                Duration.ofMillis(200),
                                Duration.ofMillis(200)),
                        meters);
        connections.start();
    }

    @AfterEach
    void stop() {
        antenna.stubborn.countDown();
        connections.close();
    }

    @Test
    @DisplayName(
            "16: lost, interrupts the connection at once, and nothing of it is stored any more")
    void lost() {
        leases.win(1);
        await().until(() -> antenna.running == 1 && connections.wire(ID, "ada").isPresent());
        var wire = connections.wire(ID, "ada").orElseThrow();
        var ride = wire.enter();
        leases.lose();

        // a send under way is not waited for: another member may send by now
        await().until(() -> antenna.running == 0);
        assertThat(antenna.afterInterrupt).containsExactly(NotStored.Why.LOST);
        assertThat(wire.enter()).isNull();
        assertThat(connections.wire(ID, "ada")).isEmpty();
        assertThat(ride).isNotNull();
    }

    @Test
    @DisplayName("13: not had, keeps it from connecting; won again, lets it connect again")
    void won() {
        await().during(Duration.ofMillis(100)).until(() -> antenna.connected.isEmpty());
        leases.win(1);
        await().until(() -> antenna.running == 1);
        leases.lose();
        await().until(() -> antenna.running == 0);
        leases.win(3);
        await().until(() -> antenna.running == 1);

        assertThat(antenna.connected).hasSize(2);
        assertThat(antenna.mostRunning).isEqualTo(1);
    }

    @Test
    @DisplayName("15: to be given back, is given back after the connection has left in peace")
    void givenBack() {
        leases.win(1);
        await().until(() -> antenna.running == 1);
        leases.ask();

        await().until(() -> leases.givenBack == 1);
        assertThat(antenna.running).isZero();
        assertThat(antenna.afterInterrupt).containsExactly((NotStored.Why) null);
        // where it is stored, that is tested once more
        assertThat(deliveries.expects).containsExactly(new Expect.SlotIs(ID, 0, 1));
    }

    @Test
    @DisplayName("15: is not waited for longer than it is given when a connection does not leave")
    void stubborn() {
        antenna.leaves = false;
        leases.win(1);
        await().until(() -> antenna.running == 1);
        leases.ask();

        await().until(() -> leases.givenBack == 1);
        assertThat(antenna.running).isEqualTo(1);
        assertThat(
                        meters.get("tributary.connections.ended")
                                .tag("end", "given_up")
                                .counter()
                                .count())
                .isEqualTo(1);
        assertThat(calls.stuckNow()).isEqualTo(1);
        antenna.stubborn.countDown();
        await().until(() -> calls.stuckNow() == 0);
    }

    @Test
    @DisplayName("15: has sends waited for that began before the connection was down for a moment")
    void flapping() {
        leases.win(1);
        await().until(() -> connections.wire(ID, "ada").isPresent());
        var wire = connections.wire(ID, "ada").orElseThrow();
        var ride = wire.enter();
        var slot = antenna.connected.getFirst();
        slot.report(Health.degraded("a moment, please"));
        assertThat(connections.wire(ID, "ada")).isEmpty();
        slot.report(Health.up());

        assertThat(connections.wire(ID, "ada")).containsSame(wire);
        assertThat(ride).isNotNull();
        ride.close();
    }

    @Test
    @DisplayName("is not divided by a guess while the channel does not say how many it holds")
    void unsure() {
        connections.close();
        antenna.speechless.set(3);
        antenna.slots = 2;
        start();
        leases.win(1);

        await().until(() -> antenna.running == 2);
        assertThat(antenna.connected).allMatch(slot -> slot.of() == 2);
        assertThat(antenna.speechless).hasValue(0);

        antenna.speechless.set(2);
        var anew = new TestAccount(ID, antenna, calls);
        accounts.account = anew;
        connections.changed(ID);
        await().until(() ->
                connections.wire(ID, "ada").filter(wire -> wire.account() == anew).isPresent());
        await().until(() -> antenna.speechless.get() == 0 && antenna.running == 2);
        assertThat(antenna.connected).allMatch(slot -> slot.of() == 2);
    }

    /// A lease that the test gives and takes.
    private static final class Leases implements SlotLeases {

        private volatile @Nullable Given now;
        private volatile boolean asked;
        private volatile int givenBack;
        private volatile Consumer<AccountId> listener = _ -> {};

        private final class Given implements SlotLease {

            private final long epoch;
            private volatile boolean held = true;

            Given(long epoch) {
                this.epoch = epoch;
            }

            @Override
            public long epoch() {
                return epoch;
            }

            @Override
            public boolean held() {
                return held;
            }

            @Override
            public List<Expect> expects() {
                return List.of(new Expect.SlotIs(ID, 0, epoch()));
            }

            @Override
            public void giveBack() {
                if (held) {
                    givenBack++;
                }
            }
        }

        void win(long epoch) {
            asked = false;
            now = new Given(epoch);
            listener.accept(ID);
        }

        void lose() {
            now.held = false;
            now = null;
            listener.accept(ID);
        }

        void ask() {
            asked = true;
            listener.accept(ID);
        }

        @Override
        public Optional<SlotLease> take(AccountId account, int slot) {
            return asked ? Optional.empty() : Optional.ofNullable(now);
        }

        @Override
        public OptionalLong epoch(AccountId account, int slot) {
            var given = now;
            return asked || given == null ? OptionalLong.empty() : OptionalLong.of(given.epoch());
        }

        @Override
        public boolean runsElsewhere(long run) {
            return false;
        }

        @Override
        public void whenChanged(Consumer<AccountId> told) {
            listener = told;
        }
    }

    /// Runs until it is interrupted, and tries to deliver then.
    private static final class Antenna implements Account, HoldsConnections {

        private final List<Slot> connected = new CopyOnWriteArrayList<>();
        private final List<NotStored.@Nullable Why> afterInterrupt = new CopyOnWriteArrayList<>();
        private final CountDownLatch stubborn = new CountDownLatch(1);
        private final AtomicInteger speechless = new AtomicInteger();
        private volatile int slots = 1;
        private volatile boolean leaves = true;
        private volatile int running;
        private volatile int mostRunning;

        @Override
        public Capabilities capabilities(Conversation conversation) {
            return Capabilities.NONE;
        }

        @Override
        public int slots() {
            if (speechless.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("do not know");
            }
            return slots;
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            return List.of();
        }

        @Override
        public Connection connect(Slot slot) {
            connected.add(slot);
            return new Wave(slot);
        }

        private synchronized void running(int more) {
            running += more;
            mostRunning = Math.max(mostRunning, running);
        }

        private final class Wave implements Connection, Sends {

            private final Slot slot;

            Wave(Slot slot) {
                this.slot = slot;
            }

            @Override
            public void run() throws Exception {
                running(1);
                slot.report(Health.up());
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException leaving) {
                    leave();
                } finally {
                    running(-1);
                }
            }

            private void leave() throws InterruptedException {
                while (!leaves && stubborn.getCount() > 0) {
                    try {
                        stubborn.await();
                    } catch (InterruptedException deaf) {
                        // it does not leave
                    }
                }
                try {
                    slot.deliver(Delivery.NOTHING);
                    afterInterrupt.add(null);
                } catch (NotStored refused) {
                    afterInterrupt.add(refused.why());
                }
            }

            @Override
            public SendResult send(OutboundMessage message) {
                return SendResult.accepted(message.key());
            }
        }
    }

    private static final class OneAccount implements OpenAccounts {

        private volatile OpenAccount account;

        OneAccount(OpenAccount account) {
            this.account = account;
        }

        @Override
        public Found find(AccountId id) {
            return new Found.Open(account);
        }

        @Override
        public Collection<OpenAccount> all() {
            return List.of(account);
        }
    }

    private static final class Nowhere implements Deliveries {

        private final List<Expect> expects = new CopyOnWriteArrayList<>();

        @Override
        public CompletableFuture<List<Outcome>> deliver(
                OpenAccount account,
                Translates translates,
                @Nullable String device,
                List<Expect> under,
                Delivery delivery) {
            expects.addAll(under);
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public void signal(AccountId account, Signal signal) {}
    }
}
