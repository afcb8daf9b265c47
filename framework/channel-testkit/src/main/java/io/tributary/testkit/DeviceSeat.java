package io.tributary.testkit;

import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.DeviceSession;
import io.tributary.spi.DeviceVerdict;
import io.tributary.spi.HostsDevices;
import io.tributary.spi.Malformed;
import io.tributary.spi.NotStored;
import org.jspecify.annotations.Nullable;

/// One version's side of a device's socket.
///
/// @param name which device it is
record DeviceSeat(HostedAccount account, String name, DeviceSession session, FakeLink link) {

    static final int LET_IN = 101;

    private static final int BAD_REQUEST = 400;
    private static final int BROKEN = 500;
    private static final int UNAVAILABLE = 503;

    /// What became of a handshake.
    ///
    /// @param status what answers it
    /// @param seat null where it was refused
    /// @param thrown null where nothing was
    record Asked(int status, @Nullable DeviceSeat seat, @Nullable Exception thrown) {}

    /// Asks the channel whether the device is let in.
    static Asked ask(FakeHost host, HostedAccount account, DeviceHandshake handshake) {
        var link = new FakeLink(host, account);
        var asked = ask(account, handshake, link);
        if (asked.seat == null) {
            link.end();
        }
        return asked;
    }

    private static Asked ask(HostedAccount account, DeviceHandshake handshake, FakeLink link) {
        var hosts = account.ability(HostsDevices.class);
        try {
            return switch (account.call(CallKind.KNOCK, () -> hosts.connect(handshake, link))) {
                case DeviceVerdict.Accepted accepted when isOffered(accepted, handshake) ->
                        new Asked(
                                LET_IN,
                                new DeviceSeat(
                                        account, accepted.device(), accepted.session(), link),
                                null);
                case DeviceVerdict.Accepted _ -> new Asked(BROKEN, null, null);
                case DeviceVerdict.Refused refused -> new Asked(refused.status(), null, null);
            };
        } catch (Malformed malformed) {
            return new Asked(BAD_REQUEST, null, null);
        } catch (NotStored full) {
            return new Asked(UNAVAILABLE, null, null);
        } catch (Exception broken) {
            return new Asked(BROKEN, null, broken);
        }
    }

    private static boolean isOffered(DeviceVerdict.Accepted accepted, DeviceHandshake handshake) {
        var chosen = accepted.subprotocol();
        return chosen == null || handshake.subprotocols().contains(chosen);
    }
}
