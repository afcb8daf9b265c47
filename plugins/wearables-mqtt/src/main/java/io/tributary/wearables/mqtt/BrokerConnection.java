package io.tributary.wearables.mqtt;

import io.tributary.spi.Connection;
import io.tributary.spi.Health;
import io.tributary.spi.NotStored;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import io.tributary.spi.Slot;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// One slot's session at the broker.
///
/// The broker keeps what comes while nobody is connected, and what was not acknowledged: so there
/// is no place of our own to remember. One thread reads, has it stored, and acknowledges; while the
/// store is slow nothing more is read, and the broker holds back.
final class BrokerConnection implements Connection, Sends {

    /// So often nothing may come before the broker counts as gone; each time it was asked.
    private static final int PATIENCE = 3;

    /// So often the broker is asked who is there: what nobody repeats fades within a day.
    private static final Duration PRESENCE = Duration.ofHours(12);

    private final Broker broker;
    private final BrokerSettings settings;
    private final Topics topics;
    private final Outgoing outgoing;
    private final Intake intake;
    private final Sessions sessions;
    private final Slot slot;
    private final InstantSource clock;
    private volatile @Nullable Sending sending;

    BrokerConnection(
            Broker broker,
            BrokerSettings settings,
            Outgoing outgoing,
            Intake intake,
            Sessions sessions,
            Slot slot,
            InstantSource clock) {
        this.broker = broker;
        this.settings = settings;
        this.topics = outgoing.topics();
        this.outgoing = outgoing;
        this.intake = intake;
        this.sessions = sessions;
        this.slot = slot;
        this.clock = clock;
    }

    @Override
    public void run() throws IOException, NotStored, InterruptedException {
        try {
            stay();
        } catch (Greeting.Turned turned) {
            sessions.failed(slot.number(), turned.health());
            slot.report(turned.health());
            throw turned;
        } catch (NotMqtt broken) {
            slot.report(broken.health());
            throw broken;
        } catch (IOException gone) {
            if (Thread.interrupted()) {
                // by which the socket was closed
                throw new InterruptedException();
            }
            slot.report(Health.down("the broker cannot be reached"));
            throw gone;
        }
    }

    private void stay() throws IOException, NotStored, InterruptedException {
        try (var wire = Wire.open(broker, settings.keepAlive())) {
            var granted = Greeting.say(wire, settings.connect(broker));
            sessions.granted(slot.number(), granted);
            var mine = new Sending(wire, outgoing, granted.properties(), clock);
            try {
                wire.say(new Packet.Subscribe(Outstanding.SUBSCRIPTION, topics.filters()));
                listen(wire, mine, beat(granted));
            } finally {
                sending = null;
                mine.end();
            }
        }
    }

    /// Twice as often as was agreed, something is said.
    private Duration beat(Packet.ConnAck granted) {
        long seconds =
                granted.properties()
                        .numberOr(
                                PacketProperties.SERVER_KEEP_ALIVE,
                                settings.keepAlive().toSeconds());
        return Duration.ofMillis(Math.max(1, seconds) * 500);
    }

    private void listen(Wire wire, Sending mine, Duration beat)
            throws IOException, NotStored, InterruptedException {
        int unheard = 0;
        var asked = clock.instant();
        while (true) {
            var batch = new Batch();
            boolean more = true;
            while (more && !batch.isFull()) {
                more = take(wire.poll(), mine, batch);
            }
            batch.store(slot, wire);
            asked = askedForPresence(wire, asked);
            if (wire.silentFor().compareTo(beat) >= 0 || unheard > 0) {
                wire.say(new Packet.PingReq());
            }
            if (!more) {
                unheard = wire.await(beat) ? 0 : unheard + 1;
            }
            if (unheard >= PATIENCE) {
                throw new SocketTimeoutException("the broker is silent");
            }
        }
    }

    /// @return when it was asked for last
    private Instant askedForPresence(Wire wire, Instant asked)
            throws IOException, InterruptedException {
        var now = clock.instant();
        if (asked.plus(PRESENCE).isAfter(now)) {
            return asked;
        }
        wire.say(new Packet.Subscribe(Outstanding.SUBSCRIPTION, topics.presence()));
        return now;
    }

    /// @return false: there was none
    private boolean take(@Nullable Packet packet, Sending mine, Batch batch) throws IOException {
        switch (packet) {
            case null -> {
                return false;
            }
            case Packet.Publish message -> intake.take(message, batch);
            case Packet.TooLong message -> intake.take(message, batch);
            case Packet.PubAck(int id, int reason) -> mine.answered(id, reason);
            case Packet.SubAck granted -> subscribed(granted, mine);
            case Packet.Disconnect(int reason) -> throw new Greeting.Turned(Reasons.health(reason));
            case Packet.PingResp() -> {}
            default -> throw new NotMqtt("a second greeting");
        }
        return true;
    }

    private void subscribed(Packet.SubAck granted, Sending mine) throws IOException {
        if (granted.reasons().isEmpty()) {
            throw new NotMqtt("a SUBACK without answer");
        }
        for (int reason : granted.reasons()) {
            if (reason >= Reasons.FIRST_FAILURE) {
                throw new Greeting.Turned(Reasons.health(reason));
            }
            if (reason == Reasons.SUCCESS) {
                throw new Greeting.Turned(
                        Health.stopped(
                                "the broker grants QoS 0 alone, by which nothing waits for us",
                                "permit the user QoS 1"));
            }
        }
        sending = mine;
        sessions.up(slot.number());
        slot.report(Health.up());
        sessions.report();
    }

    @Override
    public SendResult send(OutboundMessage message) throws InterruptedException {
        var now = sending;
        return now == null
                ? SendResult.retry("not-connected", "there is no connection to the broker")
                : now.send(message);
    }
}
