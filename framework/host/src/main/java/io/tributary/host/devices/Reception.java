package io.tributary.host.devices;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.devices.DeviceFigures.Answer;
import io.tributary.host.http.Devices.Admission;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.DeviceVerdict;
import io.tributary.spi.HostsDevices;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One device that knocks: the channel decides, and the device's row is written before it is let
/// in. Used once, on a virtual thread of the account's calls.
final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private static final int BAD_REQUEST = 400;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;

    private final OpenAccount account;
    private final HostsDevices hosts;
    private final DeviceHandshake handshake;
    private final Means means;
    private final DeviceRegistry registry;
    private final GivenLink link;
    private final OpenAccount.Hold hold;
    private final CompletableFuture<Admission> admission = new CompletableFuture<>();

    Reception(
            OpenAccount account,
            HostsDevices hosts,
            DeviceHandshake handshake,
            Means means,
            DeviceRegistry registry) {
        this.account = account;
        this.hosts = hosts;
        this.handshake = handshake;
        this.means = means;
        this.registry = registry;
        this.link = new GivenLink(account, hosts, means);
        this.hold = account.hold();
    }

    CompletableFuture<Admission> admission() {
        return admission;
    }

    void receive() {
        try {
            DeviceVerdict verdict =
                    account.calls()
                            .call(
                                    Calls.Kind.CONNECT,
                                    account.id(),
                                    () -> hosts.connect(handshake, link),
                                    () -> refuse(Answer.FAILED, FAILED));
            switch (verdict) {
                case DeviceVerdict.Accepted accepted -> accept(accepted);
                case DeviceVerdict.Refused refused -> {
                    LOG.debug("account={} a device is refused", account.id());
                    refuse(Answer.REFUSED, refused.status());
                }
            }
        } catch (PluginFailure failure) {
            LOG.debug("account={} a device could not be received: {}", account.id(), failure);
            switch (failure.why()) {
                case MALFORMED -> refuse(Answer.REFUSED, BAD_REQUEST);
                case CLOSED, NOT_STORED -> refuse(Answer.UNAVAILABLE, UNAVAILABLE);
                case THROWN, TROUBLE, DEADLINE, STUCK -> refuse(Answer.FAILED, FAILED);
            }
        } catch (JournalUnavailable unavailable) {
            refuse(Answer.UNAVAILABLE, UNAVAILABLE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            refuse(Answer.UNAVAILABLE, UNAVAILABLE);
        } catch (RuntimeException failure) {
            refuse(Answer.FAILED, FAILED);
            throw failure;
        }
    }

    private void accept(DeviceVerdict.Accepted accepted) throws InterruptedException {
        var chosen = accepted.subprotocol();
        if (chosen != null && !handshake.subprotocols().contains(chosen)) {
            LOG.warn(
                    "account={} the channel chose a subprotocol that was not offered",
                    account.id());
            refuse(Answer.FAILED, FAILED);
            return;
        }
        var device = new Device(account.id(), accepted.device(), handshake, means, registry);
        means.rows().came(account.id(), accepted.device(), device.key());
        link.accepted(accepted.device());
        device.first(new Session(device, account, accepted.session(), link, hold));
        means.figures().answered(account.id(), Answer.ACCEPTED);
        admission.complete(new Admission.Admitted(chosen, device));
    }

    private void refuse(Answer answer, int status) {
        if (admission.complete(new Admission.Refused(status))) {
            means.figures().answered(account.id(), answer);
            registry.turnedAway(account.id(), handshake.remote());
            link.end();
            hold.close();
        }
    }
}
