package io.tributary.wearables.mqtt;

import io.tributary.model.AccountId;
import io.tributary.spi.Settings;
import java.time.Duration;

/// How we are at the broker.
///
/// @param clientId of one slot: the broker knows our session by it, whichever member connects
/// @param expiry how long the broker keeps what came while nobody was connected
record BrokerSettings(String clientId, Duration keepAlive, Duration expiry) {

    /// How many messages the broker sends before it waits for us.
    static final int MOST_AT_ONCE = 500;

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    private static final Duration EXPIRY = Duration.ofDays(7);
    private static final long LONGEST_EXPIRY = 0xFFFFFFFFL;

    static BrokerSettings of(Settings settings, AccountId account, int slot) {
        var name = settings.text("clientId", "tributary-" + account.value());
        return new BrokerSettings(
                name + "-" + slot,
                settings.duration("keepAlive", KEEP_ALIVE),
                settings.duration("sessionExpiry", EXPIRY));
    }

    /// Who takes up the session again, or begins it.
    Packet.Connect connect(Broker broker) {
        return connect(broker, clientId, expiry);
    }

    /// Somebody who only looks whether the broker lets us in, and leaves no session.
    Packet.Connect look(Broker broker) {
        return connect(broker, clientId + "-look", Duration.ZERO);
    }

    private Packet.Connect connect(Broker broker, String id, Duration kept) {
        var password = broker.password();
        var properties =
                PacketProperties.NONE
                        .number(
                                PacketProperties.SESSION_EXPIRY,
                                Math.clamp(kept.toSeconds(), 0, LONGEST_EXPIRY))
                        .number(PacketProperties.RECEIVE_MAXIMUM, MOST_AT_ONCE)
                        .number(PacketProperties.MAXIMUM_PACKET_SIZE, Wire.MOST_BYTES);
        return new Packet.Connect(
                id,
                kept.isZero(),
                Math.toIntExact(keepAlive.toSeconds()),
                broker.user(),
                password == null ? null : password.reveal(),
                properties);
    }
}
