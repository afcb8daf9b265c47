package io.tributary.kiosk;

import io.tributary.model.Bytes;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.Malformed;
import io.tributary.spi.NotStored;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Decides who comes in: a device with its token, or one with a code, which becomes known by it.
///
/// The token stands in `Authorization: Bearer`, or, since no page can set a header on a WebSocket,
/// among the subprotocols as `token.…`; a code as `code.…`.
final class Entrance {

    /// What is spoken here.
    static final String PROTOCOL = "tributary.kiosk.v1";

    private static final String TOKEN = "token.";
    private static final String CODE = "code.";
    private static final String BEARER = "Bearer ";

    private final Devices devices;
    private final FleetTokens fleet;
    private final InstantSource clock;

    Entrance(Devices devices, FleetTokens fleet, InstantSource clock) {
        this.devices = devices;
        this.fleet = fleet;
        this.clock = clock;
    }

    /// Who it is.
    ///
    /// @param token what the device was just given for its code; null: it had one
    record Guest(Registration registration, @Nullable String token) {}

    /// @return null: nobody who may come in
    @Nullable Guest of(DeviceHandshake handshake) throws NotStored {
        var parked = handshake.parked();
        if (parked != null) {
            return again(parked, handshake);
        }
        var token = token(handshake);
        if (!token.isEmpty()) {
            var registration = byToken(handshake.path(), token);
            return registration == null ? null : new Guest(registration, null);
        }
        var code = offered(handshake, CODE);
        var given = code.isEmpty() ? null : devices.exchange(code, clock.instant());
        return given == null ? null : new Guest(given.registration(), given.token());
    }

    /// After an upgrade the first handshake comes again, perhaps with a code that is long used up:
    /// what was parked says who it is, and the registration whether it still may come in.
    private @Nullable Guest again(Bytes parked, DeviceHandshake handshake) {
        try {
            var json = WireJson.object(parked.utf8());
            var was = Registration.lasting(Place.of(json), WireJson.need(json, "proof"));
            var registration =
                    was.proof().equals(FleetTokens.PROOF)
                            ? byToken(handshake.path(), token(handshake))
                            : was;
            return registration != null && devices.isWelcome(registration)
                    ? new Guest(registration, null)
                    : null;
        } catch (Malformed broken) {
            return null;
        }
    }

    /// Whether it is a browser that brings a token which was the device's own once.
    boolean isFormer(DeviceHandshake handshake) {
        var token = offered(handshake, TOKEN);
        return handshake.parked() == null
                && !token.isEmpty()
                && devices.wasToken(handshake.path(), token);
    }

    /// What a session hands over.
    static Bytes parked(Registration registration) {
        var json = registration.place().json().put("proof", registration.proof());
        return Bytes.utf8(WireJson.write(json));
    }

    private @Nullable Registration byToken(String device, String token) {
        if (!FleetTokens.isOne(token)) {
            return devices.byToken(device, token);
        }
        var registration = fleet.registration(token, clock.instant());
        return registration != null
                        && registration.place().device().equals(device)
                        && devices.isWelcome(registration)
                ? registration
                : null;
    }

    private static String token(DeviceHandshake handshake) {
        var header = handshake.header("authorization");
        return header != null && header.startsWith(BEARER)
                ? header.substring(BEARER.length()).strip()
                : offered(handshake, TOKEN);
    }

    private static String offered(DeviceHandshake handshake, String prefix) {
        return handshake.subprotocols().stream()
                .filter(each -> each.startsWith(prefix))
                .map(each -> each.substring(prefix.length()))
                .findFirst()
                .orElse("");
    }
}
