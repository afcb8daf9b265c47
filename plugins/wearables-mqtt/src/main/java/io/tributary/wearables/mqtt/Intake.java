package io.tributary.wearables.mqtt;

import io.tributary.model.Signal;
import io.tributary.spi.Slot;
import io.tributary.wearables.mqtt.Topics.Kind;
import io.tributary.wearables.mqtt.Topics.Origin;
import java.time.Duration;
import java.util.Optional;

/// What one slot makes of messages. Each slot hears all devices, and keeps what is written by its
/// own.
final class Intake {

    /// A status stands until another one comes. That is as long as a signal may last: within it the
    /// broker is asked again.
    private static final Duration STATUS = Duration.ofDays(1);

    private final Topics topics;
    private final String line;
    private final EventReader events;
    private final Slot slot;

    Intake(Topics topics, String line, EventReader events, Slot slot) {
        this.topics = topics;
        this.line = line;
        this.events = events;
        this.slot = slot;
    }

    void take(Packet.Publish message, Batch batch) {
        var origin = topics.origin(message.topic());
        // without payload it only clears what was retained
        if (!message.payload().isEmpty() && slot.owns(owner(origin, message.topic()))) {
            if (origin.isPresent()) {
                keep(origin.get(), message, batch);
            } else {
                batch.add(events.lost(EventReader.NOWHERE, message.topic(), message.payload()));
            }
        }
        batch.came(message.id());
    }

    /// Of what is too long the beginning is kept, so that somebody sees it.
    void take(Packet.TooLong message, Batch batch) {
        if (slot.owns(owner(topics.origin(message.topic()), message.topic()))) {
            batch.add(events.lost(EventReader.TOO_LONG, message.topic(), message.beginning()));
        }
        batch.came(message.id());
    }

    /// By whom slots are told apart; where nobody is known, by the topic.
    private static String owner(Optional<Origin> origin, String topic) {
        return origin.map(Origin::device).orElse(topic);
    }

    private void keep(Origin origin, Packet.Publish message, Batch batch) {
        if (origin.kind() == Kind.STATUS) {
            status(origin, message, batch);
        } else {
            var sentAt = message.properties().user(EventReader.SENT_AT);
            batch.add(events.event(origin, message.payload(), sentAt));
        }
    }

    /// Whether the device is there: worth seeing now, and not worth keeping. A status that cannot
    /// be read says nothing.
    private void status(Origin origin, Packet.Publish message, Batch batch) {
        var said = StrictJson.read(message.payload());
        var state = said == null ? "" : StrictJson.text(said, "state");
        var kind =
                switch (state) {
                    case "online" -> Signal.Kind.ONLINE;
                    case "offline" -> Signal.Kind.OFFLINE;
                    default -> null;
                };
        if (kind != null) {
            batch.add(Signal.of(kind, line, origin.device()).lasting(STATUS));
        }
    }
}
