package io.tributary.host.devices;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.host.accounts.Deliveries;
import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.accounts.Wire;
import io.tributary.host.devices.DeviceFigures.Answer;
import io.tributary.host.http.Devices;
import io.tributary.host.journal.Journal;
import io.tributary.host.media.Uploads;
import io.tributary.model.AccountId;
import io.tributary.model.Signal;
import io.tributary.spi.Conversation;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.HostsDevices;
import io.tributary.spi.SendsSignals;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The sockets of all devices on this member. Thread safe.
public final class DeviceSockets implements Devices, AutoCloseable {

    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;
    private static final int RESTART = 1012;

    private final OpenAccounts accounts;
    private final Means means;
    private final DeviceRegistry registry;
    private final HandOver handOver;
    private final Emigrants emigrants;
    private final List<BiConsumer<AccountId, String>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closing;

    /// What the room needs of others.
    ///
    /// @param epoch of this run of the member
    /// @param clock that members have in common
    public record Surroundings(
            OpenAccounts accounts,
            Journal journal,
            Deliveries deliveries,
            Uploads uploads,
            Cursors cursors,
            long epoch,
            InstantSource clock,
            MeterRegistry meters,
            Comings comings) {}

    public DeviceSockets(Surroundings surroundings, DeviceLimits limits) {
        this.accounts = surroundings.accounts();
        this.means =
                new Means(
                        accounts,
                        new DeviceRows(
                                surroundings.journal(), surroundings.clock(), surroundings.epoch()),
                        surroundings.deliveries(),
                        surroundings.uploads(),
                        new Followers(surroundings.journal(), surroundings.cursors()),
                        (account, device) ->
                                listeners.forEach(each -> each.accept(account, device)),
                        limits,
                        new DeviceFigures(surroundings.meters()));
        this.handOver = new HandOver(means);
        this.registry = new DeviceRegistry(handOver::look, surroundings.comings());
        this.emigrants = new Emigrants(means.rows(), registry);
    }

    /// Tells `listener` of each account's device whose session begins or ceases to take messages.
    /// It must be short.
    public void whenWiresChanged(BiConsumer<AccountId, String> listener) {
        listeners.add(listener);
    }

    /// Begins to show sessions what is committed.
    public void start() {
        means.followers().start();
    }

    @Override
    public Limits limits() {
        return new Limits(means.limits().frame(), means.limits().ping());
    }

    @Override
    public CompletableFuture<Admission> knock(String account, DeviceHandshake handshake) {
        var id = id(account);
        if (id == null) {
            return refused(NOT_FOUND);
        }
        return switch (accounts.find(id)) {
            case OpenAccounts.Found.Unknown _ -> refused(NOT_FOUND);
            case OpenAccounts.Found.Down _ -> unavailable(id);
            case OpenAccounts.Found.Open(OpenAccount open) ->
                    open.ability(HostsDevices.class)
                            .map(hosts -> knock(open, hosts, handshake))
                            .orElseGet(() -> refused(NOT_FOUND));
        };
    }

    private CompletableFuture<Admission> knock(
            OpenAccount account, HostsDevices hosts, DeviceHandshake handshake) {
        if (closing || !registry.knock(account.id(), handshake.remote(), means.limits())) {
            return unavailable(account.id());
        }
        var reception = new Reception(account, hosts, handshake, means, registry);
        account.calls().start(account.id(), "device", reception::receive);
        return reception.admission();
    }

    private CompletableFuture<Admission> unavailable(AccountId account) {
        means.figures().answered(account, Answer.UNAVAILABLE);
        return refused(UNAVAILABLE);
    }

    private static CompletableFuture<Admission> refused(int status) {
        return CompletableFuture.completedFuture(new Admission.Refused(status));
    }

    private static @Nullable AccountId id(String text) {
        try {
            return AccountId.of(text);
        } catch (IllegalArgumentException noName) {
            return null;
        }
    }

    /// An account was opened anew, or is no longer open: its sockets are handed over, or closed.
    /// Returns at once.
    public void changed(AccountId account) {
        if (!closing) {
            Thread.ofVirtual()
                    .name("devices " + account)
                    .inheritInheritableThreadLocals(false)
                    .start(() -> registry.devices(account).forEach(handOver::look));
        }
    }

    /// What is known of the way to an address.
    ///
    /// @param wire to the device of its last event; null: it is not here, or takes no messages now
    /// @param device of its last event; empty: there was none yet
    public record Way(@Nullable Wire wire, String device) {}

    /// The way to an address now. Blocking.
    public Way way(AccountId account, String address) {
        String name = means.rows().of(account, address).orElse("");
        return new Way(
                session(account, name).map(Session::wire).filter(Wire::open).orElse(null), name);
    }

    private Optional<Session> session(AccountId account, String name) {
        return Optional.ofNullable(registry.find(account, name)).map(Device::session);
    }

    /// Shows a signal of the other end to those who follow it.
    public void show(AccountId account, Signal signal) {
        means.followers().pass(account, signal, null);
    }

    /// Shows a signal at the device of an address's last event. Blocking.
    ///
    /// @return false: it is not here
    public boolean signal(
            AccountId account,
            Conversation conversation,
            SendsSignals.Kind kind,
            @Nullable String upTo) {
        if (registry.devices(account).isEmpty()) {
            return false;
        }
        Optional<Session> session =
                means.rows()
                        .of(account, conversation.address())
                        .flatMap(name -> session(account, name));
        session.ifPresent(there -> there.signal(conversation, kind, upTo));
        return session.isPresent();
    }

    /// Closes the sockets of devices that have come back to another member; returns at once.
    public void lookElsewhere() {
        emigrants.look();
    }

    /// The same where anything may have happened; returns at once.
    public void lookAtAll() {
        emigrants.lookAtAll();
    }

    /// Lets nobody in any more, gives sends under way their time while frames still flow, closes
    /// every socket so that its device goes elsewhere, and waits until the sessions have ended.
    @Override
    public void close() {
        closing = true;
        var closings = new ArrayList<Thread>();
        for (var device : registry.all()) {
            closings.add(Thread.ofVirtual().name("close device").start(() -> close(device)));
        }
        try {
            for (var each : closings) {
                each.join();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        means.followers().close();
    }

    private void close(Device device) {
        try {
            var session = device.session();
            var wire = session == null ? null : session.wire();
            if (session != null && wire != null) {
                session.shut();
                wire.awaitIdle(means.limits().drain());
            }
            device.close(RESTART, "the member is stopping: come back");
            Duration leave = means.limits().leave();
            device.awaitEnd(leave);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
