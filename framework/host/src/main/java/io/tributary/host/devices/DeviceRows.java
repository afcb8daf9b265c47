package io.tributary.host.devices;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Devices;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Unit;
import io.tributary.model.AccountId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The durable side of devices: who has which socket, and who is reached through which device.
/// Thread safe.
///
/// @param epoch of this run of the member
record DeviceRows(Journal journal, InstantSource clock, long epoch) {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceRows.class);

    /// Notes that the device's socket is here; durable when it returns.
    ///
    /// @throws JournalUnavailable it cannot be noted now
    void came(AccountId account, String device, String socket) throws InterruptedException {
        try {
            var _ =
                    journal.append(
                                    Unit.of(
                                            new Change.DeviceCame(
                                                    account,
                                                    device,
                                                    socket,
                                                    epoch,
                                                    clock.instant())))
                            .get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof JournalUnavailable unavailable
                    ? unavailable
                    : new JournalUnavailable("a device could not be noted");
        }
    }

    /// Notes that the socket is gone, sooner or later: until then the device counts as online, and
    /// who looks for it here does not find it.
    void went(AccountId account, String device, String socket) {
        var _ =
                journal.append(
                                Unit.of(
                                        new Change.DeviceWent(
                                                account, device, socket, clock.instant())))
                        .exceptionally(failure -> {
                            LOG.debug("account={} that a device went is not noted", account);
                            return null;
                        });
    }

    /// The device through which the last event of an address came. Blocking.
    Optional<String> of(AccountId account, String address) {
        return journal.devices().of(account, address);
    }

    /// Whether a newer socket of the device is at another member. Blocking.
    boolean elsewhere(AccountId account, String device) {
        return journal.devices()
                .find(account, device)
                .filter(row -> row.epoch() != epoch)
                .isPresent();
    }

    /// Whether this socket is the device's newest. Blocking.
    boolean newest(AccountId account, String device, String socket) {
        return journal.devices()
                .find(account, device)
                .filter(row -> row.socket().equals(socket))
                .isPresent();
    }

    /// Devices that came to other members since. Blocking.
    List<Devices.Place> cameElsewhere(Instant since) {
        return journal.devices().cameElsewhere(epoch, since);
    }
}
