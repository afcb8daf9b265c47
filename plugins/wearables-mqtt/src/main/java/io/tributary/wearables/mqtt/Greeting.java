package io.tributary.wearables.mqtt;

import io.tributary.spi.Health;
import java.io.IOException;
import java.time.Duration;

/// The first words with a broker.
final class Greeting {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Greeting() {}

    /// Says who we are.
    ///
    /// @return what the broker said to let us in
    /// @throws Turned it does not
    static Packet.ConnAck say(Wire wire, Packet.Connect connect)
            throws IOException, InterruptedException {
        wire.say(connect);
        var answer = wire.next(PATIENCE);
        if (answer instanceof Packet.ConnAck ack) {
            if (ack.reason() != Reasons.SUCCESS) {
                throw new Turned(Reasons.refusal(ack.reason()));
            }
            return suitable(ack);
        }
        if (answer instanceof Packet.Disconnect(int reason)) {
            throw new Turned(Reasons.health(reason));
        }
        throw new NotMqtt("another packet before CONNACK");
    }

    /// A broker may be without what acknowledgements and topics of many devices need.
    private static Packet.ConnAck suitable(Packet.ConnAck ack) throws Turned {
        if (ack.properties().numberOr(PacketProperties.MAXIMUM_QOS, 2) < 1) {
            throw new Turned(
                    Health.stopped("the broker has no QoS 1", "use another broker, or permit it"));
        }
        if (ack.properties().numberOr(PacketProperties.WILDCARD_AVAILABLE, 1) == 0) {
            throw new Turned(
                    Health.stopped(
                            "the broker has no subscriptions with wildcards",
                            "use another broker, or permit them"));
        }
        return ack;
    }

    /// The broker has said why we cannot be there.
    static final class Turned extends IOException {

        private static final long serialVersionUID = 1;

        private final transient Health health;

        Turned(Health health) {
            super(health.text());
            this.health = health;
        }

        Health health() {
            return health;
        }
    }
}
