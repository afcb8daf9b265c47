package io.tributary.host.devices;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.model.Bytes;
import io.tributary.spi.DeviceVerdict;
import io.tributary.spi.HostsDevices;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands open sockets over when their account was opened anew (guarantee 20): no new sends, time
/// for those under way while frames still flow; then frames are held, the old session is parked,
/// and the new version is asked whether it goes on. Where it does not, the socket is closed.
@SuppressWarnings("ReferenceEquality") // an account opened anew is another object
final class HandOver {

    private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);

    private static final int RESTART = 1012;
    private static final String COME_BACK = "the channel was replaced: come back";

    private final Means means;
    private final Set<Device> underWay = ConcurrentHashMap.newKeySet();

    HandOver(Means means) {
        this.means = means;
    }

    /// Looks whether the device's account is still the one that its session knows, and hands the
    /// socket over if not; returns at once.
    void look(Device device) {
        if (device.ending() || isCurrent(device) || !underWay.add(device)) {
            return;
        }
        Thread.ofVirtual()
                .name("hand over " + device.account())
                .inheritInheritableThreadLocals(false)
                .start(() -> run(device));
    }

    private void run(Device device) {
        try {
            while (!device.ending() && !isCurrent(device)) {
                if (!handOver(device)) {
                    return;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.error("account={} a device could not be handed over", device.account(), failure);
            return;
        } finally {
            underWay.remove(device);
        }
        // the account may have been opened anew between the last look and the leave
        look(device);
    }

    private boolean isCurrent(Device device) {
        var session = device.session();
        return session != null && session.account() == current(device);
    }

    private @Nullable OpenAccount current(Device device) {
        return means.accounts().find(device.account())
                        instanceof OpenAccounts.Found.Open(OpenAccount open)
                ? open
                : null;
    }

    /// @return false: the socket is being closed
    private boolean handOver(Device device) throws InterruptedException {
        var before = device.session();
        if (before == null) {
            return false;
        }
        quiet(device, before);
        var old = device.hold();
        if (old == null) {
            return false;
        }
        @Nullable Session next = null;
        try {
            next = next(device, old);
        } finally {
            // whatever went wrong: frames are not held for ever
            if (next == null) {
                giveUp(device, old);
            }
        }
        if (next == null) {
            return false;
        }
        old.release();
        device.goOn(next);
        means.figures().moved(device.account(), true);
        return true;
    }

    /// Has the old session parked.
    ///
    /// @return the one that goes on; null: there is none
    private @Nullable Session next(Device device, Session old) throws InterruptedException {
        if (hosting(device) == null) {
            return null;
        }
        Bytes parked = old.park();
        if (parked == null) {
            LOG.info("account={} a device could not be parked", device.account());
            return null;
        }
        old.link().end();
        return accepted(device, parked);
    }

    /// No new sends, and time for those under way.
    private void quiet(Device device, Session session) throws InterruptedException {
        var wire = session.wire();
        if (wire != null) {
            session.shut();
            if (!wire.awaitIdle(means.limits().drain())) {
                LOG.warn("account={} sends to a device are still under way", device.account());
            }
        }
    }

    private void giveUp(Device device, Session old) {
        means.figures().moved(device.account(), false);
        device.giveUp(old, RESTART, COME_BACK);
    }

    private record Hosting(OpenAccount account, HostsDevices hosts) {}

    /// The account as it is open now; null: it is not, or hosts no devices any more.
    private @Nullable Hosting hosting(Device device) {
        var open = current(device);
        return open == null
                ? null
                : open.ability(HostsDevices.class)
                        .map(hosts -> new Hosting(open, hosts))
                        .orElse(null);
    }

    /// The session with which the newest version goes on; null: it does not. A version that was
    /// replaced itself meanwhile has no say.
    private @Nullable Session accepted(Device device, Bytes parked) throws InterruptedException {
        var to = hosting(device);
        while (to != null) {
            var next = accepted(device, to.account(), to.hosts(), parked);
            var now = hosting(device);
            if (next != null || now == null || now.account() == to.account()) {
                return next;
            }
            to = now;
        }
        return null;
    }

    private @Nullable Session accepted(
            Device device, OpenAccount to, HostsDevices hosts, Bytes parked)
            throws InterruptedException {
        var link = new GivenLink(to, hosts, means);
        var hold = to.hold();
        @Nullable Session next = null;
        try {
            DeviceVerdict verdict =
                    to.calls()
                            .ask(
                                    Calls.Kind.CONNECT,
                                    to.id(),
                                    () -> hosts.connect(device.handshake(parked), link));
            // a socket that is another device's all of a sudden is nothing that others know of
            if (verdict instanceof DeviceVerdict.Accepted accepted
                    && accepted.device().equals(device.name())) {
                link.accepted(device.name());
                next = new Session(device, to, accepted.session(), link, hold);
            }
        } catch (PluginFailure failure) {
            LOG.info("account={} a device was not taken over: {}", device.account(), failure);
        } finally {
            if (next == null) {
                link.end();
                hold.close();
            }
        }
        return next;
    }
}
