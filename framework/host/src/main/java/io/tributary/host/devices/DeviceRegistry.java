package io.tributary.host.devices;

import io.tributary.model.AccountId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which devices have a socket here right now. Thread safe.
final class DeviceRegistry {

    private final Map<AccountId, OfAccount> accounts = new ConcurrentHashMap<>();
    private final Consumer<Device> look;
    private final Comings comings;

    /// @param look is told of each device that has entered, to see whether its account has changed
    ///   meanwhile; returns at once
    DeviceRegistry(Consumer<Device> look, Comings comings) {
        this.look = look;
        this.comings = comings;
    }

    private static final class OfAccount {
        private final Map<String, Device> devices = new ConcurrentHashMap<>();
        private final AtomicInteger sockets = new AtomicInteger();
        private final Map<String, Integer> remotes = new ConcurrentHashMap<>();
    }

    /// Counts a socket in that knocks.
    ///
    /// @param remote the address that it comes from
    /// @return false: the account has too many, or too many from there
    boolean knock(AccountId account, String remote, DeviceLimits limits) {
        var of = of(account);
        if (of.sockets.incrementAndGet() > limits.sockets()) {
            of.sockets.decrementAndGet();
            return false;
        }
        if (of.remotes.merge(remote, 1, Integer::sum) > limits.socketsPerAddress()) {
            turnedAway(account, remote);
            return false;
        }
        return true;
    }

    /// One that had knocked was not let in, or has left.
    void turnedAway(AccountId account, String remote) {
        var of = of(account);
        of.sockets.decrementAndGet();
        of.remotes.computeIfPresent(remote, (_, open) -> open == 1 ? null : open - 1);
    }

    /// The newest socket of a device counts: the one before is closed.
    void enter(Device device) {
        device.means().figures().came();
        comings.came(device.account(), device.name());
        var before = of(device.account()).devices.put(device.name(), device);
        if (before != null) {
            before.replaced();
        }
    }

    void look(Device device) {
        look.accept(device);
    }

    /// @param entered whether it had
    void leave(Device device, boolean entered) {
        var of = of(device.account());
        of.devices.remove(device.name(), device);
        turnedAway(device.account(), device.remote());
        if (entered) {
            device.means().figures().went();
            comings.went(device.account(), device.name());
        }
        device.means().rows().went(device.account(), device.name(), device.key());
    }

    @Nullable Device find(AccountId account, String name) {
        var of = accounts.get(account);
        return of == null ? null : of.devices.get(name);
    }

    List<Device> devices(AccountId account) {
        var of = accounts.get(account);
        return of == null ? List.of() : List.copyOf(of.devices.values());
    }

    List<Device> all() {
        var all = new ArrayList<Device>();
        accounts.values().forEach(each -> all.addAll(each.devices.values()));
        return all;
    }

    private OfAccount of(AccountId account) {
        return accounts.computeIfAbsent(account, _ -> new OfAccount());
    }
}
