package io.tributary.testkit;

import io.tributary.spi.Account;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Channel;
import io.tributary.spi.Conversation;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.Frame;
import io.tributary.spi.Inbound;
import io.tributary.spi.Malformed;
import io.tributary.spi.NotStored;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.Reconciles;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import io.tributary.spi.Translates;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;

/// An account that a [FakeHost] has opened. Each method calls it as the real host does and, where a
/// deadline is missed or an [Error] is thrown, fails the test.
public final class HostedAccount implements AutoCloseable {

    /// How often `verify` runs again when its state was changed meanwhile (guarantee 9 of the SPI).
    private static final int CONFLICTS = 3;

    /// More than a delivery takes whose translation misses its deadline.
    private static final Duration STORED = Duration.ofSeconds(30);

    private final FakeHost host;
    private final FakeContext context;
    private final Calls calls;
    private final Account account;
    private final List<HostedConnection> connections = new CopyOnWriteArrayList<>();
    private final Set<HostedDevice> devices = new CopyOnWriteArraySet<>();
    private final Set<FutureTask<?>> storing = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    private HostedAccount(FakeHost host, FakeContext context, Calls calls, Account account) {
        this.host = host;
        this.context = context;
        this.calls = calls;
        this.account = account;
    }

    static HostedAccount open(FakeHost host, Channel channel, TestSettings settings)
            throws Exception {
        var context = new FakeContext(host, settings);
        var calls = new Calls(channel.getClass().getClassLoader(), FakeHost.ACCOUNT.value());
        var account = calls.call(CallKind.OPEN, () -> channel.open(context));
        return new HostedAccount(host, context, calls, account);
    }

    /// The account itself, to call it without deadline.
    public Account account() {
        return account;
    }

    /// What the conversation can carry.
    ///
    /// @throws Exception what the account threw
    public Capabilities capabilities(Conversation conversation) throws Exception {
        return calls.call(CallKind.CAPABILITIES, () -> account.capabilities(conversation));
    }

    /// Takes a webhook: verify, translate each event, keep, and only then answer.
    public Received webhook(WebhookRequest request) {
        var webhooks = ability(ReceivesWebhooks.class);
        try {
            for (int run = 0; run <= CONFLICTS; run++) {
                switch (calls.call(CallKind.VERIFY, () -> webhooks.verify(request))) {
                    case WebhookVerdict.Refused(int status, String reason) -> {
                        return Received.refused(status, reason);
                    }
                    case WebhookVerdict.Accepted accepted -> {
                        try {
                            var received = keep(accepted);
                            host.acknowledged(request);
                            return received;
                        } catch (NotStored notStored) {
                            if (notStored.why() != NotStored.Why.CONFLICT) {
                                return Received.refused(503, notStored.toString());
                            }
                        }
                    }
                }
            }
            return Received.refused(503, "state changes at every attempt");
        } catch (Malformed malformed) {
            return Received.refused(400, malformed.toString());
        } catch (Exception thrown) {
            return Received.refused(500, thrown.toString());
        }
    }

    /// Begins the connections of all slots.
    public List<HostedConnection> connect() {
        return IntStream.range(0, account.slots()).mapToObj(this::connect).toList();
    }

    /// Begins a slot's connection, which is kept running until it is closed.
    ///
    /// @throws IllegalStateException another connection has the slot: close that one first
    public HostedConnection connect(int slot) {
        var connection = HostedConnection.begin(host, this, slot);
        connections.add(connection);
        return connection;
    }

    /// A device knocks.
    ///
    /// @return its socket, whether it was let in or not
    public HostedDevice knock(DeviceHandshake handshake) {
        return knock(handshake, _ -> List.of());
    }

    /// A device knocks that says something by itself to what it hears, such as that a message has
    /// arrived.
    ///
    /// @param answers what it says to a frame; empty: nothing
    /// @return its socket, whether it was let in or not
    public HostedDevice knock(DeviceHandshake handshake, Function<Frame, List<Frame>> answers) {
        var device = HostedDevice.knock(host, this, handshake, answers);
        devices.add(device);
        return device;
    }

    /// A socket that another account had is this one's now, which will close it.
    void takeOver(HostedDevice device) {
        devices.add(device);
    }

    /// Translates without keeping.
    ///
    /// @throws Exception what the account threw
    public List<Inbound> translate(Arrival arrival) throws Exception {
        var translates = ability(Translates.class);
        return calls.call(CallKind.TRANSLATE, () -> translates.translate(arrival));
    }

    /// Sends. What is thrown counts as unknown, as it does in the real host (guarantee 25).
    public SendResult send(OutboundMessage message) {
        try {
            return sendOrThrow(message);
        } catch (Exception thrown) {
            return SendResult.unknown("thrown", thrown.getClass().getName());
        }
    }

    /// Asks what became of a send. What is thrown counts as unknown.
    public SendResult lookUp(OutboundMessage message) {
        var reconciles = ability(Reconciles.class);
        try {
            return calls.call(CallKind.LOOK_UP, () -> reconciles.lookUp(message));
        } catch (Exception thrown) {
            return SendResult.unknown("thrown", thrown.getClass().getName());
        }
    }

    /// Closes it as the host does: connections leave and sockets are closed, those that were handed
    /// over to it too; calls under way are interrupted, then the account is closed, then its
    /// context is taken back, whatever failed before. Closing again does nothing.
    ///
    /// @throws AssertionError it threw, or something goes on after its interrupt
    @Override
    public void close() {
        close(HostedConnection.LEAVE);
    }

    /// @param limit how long connections may take
    void close(Duration limit) {
        if (closed.compareAndSet(false, true)) {
            var ending = new Ending();
            leave(ending, limit);
            devices.stream().filter(this::has).forEach(device -> ending.step(device::closedByHost));
            ending.step(this::awaitStored);
            ending.step(calls::interruptAll);
            ending.step(() -> calls.call(CallKind.CLOSE, this::closeAccount));
            ending.step(context::close);
            ending.assertDone();
        }
    }

    /// Stores on a thread of the host's own, which nobody interrupts. Whoever delivered may be gone
    /// before its end; the account is not closed before it.
    void store(FutureTask<?> task) {
        storing.add(task);
        Thread.ofVirtual()
                .name("host stores")
                .start(() -> {
                    task.run();
                    storing.remove(task);
                });
    }

    private void awaitStored() throws InterruptedException, TimeoutException {
        for (var task : storing) {
            try {
                task.get(STORED.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException told) {
                // to whoever delivered it, if that is still there
            }
        }
    }

    /// Connections leave side by side.
    private void leave(Ending ending, Duration limit) {
        var leaving =
                connections.stream()
                        .map(each ->
                                Thread.startVirtualThread(
                                        () -> ending.step(() -> each.leave(limit))))
                        .toList();
        leaving.forEach(each -> ending.step(each::join));
    }

    private boolean has(HostedDevice device) {
        return device.isOpen() && device.isOf(this);
    }

    private boolean closeAccount() {
        account.close();
        return true;
    }

    SendResult sendOrThrow(OutboundMessage message) throws Exception {
        var sends = ability(Sends.class);
        return calls.call(CallKind.SEND, () -> sends.send(message));
    }

    <T> T call(CallKind kind, Callable<T> body) throws Exception {
        return calls.call(kind, body);
    }

    /// The account as one of its abilities.
    ///
    /// @throws AssertionError it does not have it
    <A> A ability(Class<A> ability) {
        if (!ability.isInstance(account)) {
            throw new AssertionError(
                    account.getClass().getName() + " does not implement " + ability.getName());
        }
        return ability.cast(account);
    }

    private Received keep(WebhookVerdict.Accepted accepted) throws NotStored {
        var outcomes = host.store(accepted.delivery(), this);
        return Received.accepted(accepted.reply(), outcomes);
    }
}
