package io.tributary.wearables.mqtt;

import io.tributary.model.Bytes;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Malformed;
import io.tributary.spi.Piece;
import io.tributary.spi.RawEvent;
import io.tributary.wearables.mqtt.Measurement.Change;
import io.tributary.wearables.mqtt.Topics.Origin;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Says which event a message is: whose, whether it came before, and where it is told together with
/// others. What cannot be read is an event as well, so that it is kept.
final class EventReader {

    static final String POINT = "point";

    /// What was written where no device writes.
    static final String NOWHERE = "nowhere";

    /// The beginning of what was too long to be taken.
    static final String TOO_LONG = "too-long";

    static final String DEVICE = "device";
    static final String USER = "user";
    static final String SENT = "sent";
    static final String AVERAGED = "averaged";
    static final String KEPT = "kept";

    /// Which part of a window it is in, from the second on.
    static final String PART = "part";

    /// By which a device tells its clock at the time of sending.
    static final String SENT_AT = "sent-at";

    /// Who has no name for a thing sends it again within this time.
    private static final Duration REPEATED = Duration.ofHours(1);

    private final Averages averages;
    private final Windows windows = new Windows();

    EventReader(Averages averages) {
        this.averages = averages;
    }

    /// What a device wrote.
    ///
    /// @param sentAt by the device's clock, as it told; null: it did not
    RawEvent event(Origin origin, Bytes payload, @Nullable String sentAt) {
        var device = origin.device();
        var bare = RawEvent.of(origin.kind().word(), payload, print(origin, payload));
        // a note is kept for good: only a time is worth it
        var known = sentAt == null || Times.read(sentAt) == null ? bare : bare.note(SENT, sentAt);
        var event = known.note(DEVICE, device);
        try {
            var said = StrictJson.needObject(payload);
            return switch (origin.kind()) {
                case OBS -> measured(event, device, Observations.read(said));
                case ALERT -> keyed(event, device, said, alertVersion(said));
                case RECEIPT ->
                        known(
                                event,
                                device,
                                StrictJson.need(said, "message"),
                                StrictJson.need(said, "status"));
                case TAP, STATUS -> keyed(event, device, said, "");
            };
        } catch (Malformed unreadable) {
            return event; // a dead letter, once it is translated
        }
    }

    /// What nobody can read, kept so that somebody sees it; by its bytes alone, since its topic may
    /// be what is wrong with it.
    RawEvent lost(String kind, String topic, Bytes bytes) {
        var print = Names.of(kind, Names.digest(topic), Names.digest(bytes));
        return RawEvent.of(kind, bytes, Dedupe.print(print, REPEATED));
    }

    /// A data point as it was posted.
    RawEvent point(JsonNode point) {
        var body = Bytes.utf8(StrictJson.write(point));
        var event = RawEvent.of(POINT, body, Dedupe.print(body, REPEATED));
        try {
            var user = DataPoints.user(point);
            return measured(event.note(USER, user), Names.posted(user), DataPoints.read(point));
        } catch (Malformed unreadable) {
            return event;
        }
    }

    private RawEvent measured(RawEvent event, String address, Measurement measurement) {
        boolean versioned = measurement.change() != Change.FINAL;
        var key =
                Names.of(
                        event.kind(),
                        address,
                        measurement.record(),
                        measurement.change().name(),
                        versioned ? measurement.version() : "");
        var named = new RawEvent(event.kind(), event.body(), event.notes(), Dedupe.key(key), null);
        var policy = averages.policy(measurement);
        if (policy == null) {
            return named;
        }
        var noted = named.note(AVERAGED, policy.kept() ? KEPT : "alone");
        return averages.piece(address, measurement).map(piece -> part(noted, piece)).orElse(noted);
    }

    private RawEvent part(RawEvent event, Piece window) {
        int part = windows.part(window.group());
        if (part == 1) {
            return event.piece(window);
        }
        var number = Integer.toString(part);
        return event.note(PART, number)
                .piece(Piece.open(Names.of(window.group(), number), window.patience()));
    }

    /// An alert may grow, move or end under its id, or come again after it had grown less; and a
    /// device may begin to count anew. So only the very same is the same: two are better than none.
    private static String alertVersion(JsonNode alert) {
        return Names.digest(StrictJson.write(alert));
    }

    private static RawEvent keyed(RawEvent event, String device, JsonNode said, String version) {
        var id = StrictJson.text(said, "id");
        return id.isEmpty() ? event : known(event, device, id, version);
    }

    private static RawEvent known(RawEvent event, String device, String id, String version) {
        var key = Dedupe.key(Names.of(event.kind(), device, id, version));
        return new RawEvent(event.kind(), event.body(), event.notes(), key, null);
    }

    private static Dedupe print(Origin origin, Bytes payload) {
        var print = Names.of(origin.device(), origin.kind().word(), Names.digest(payload));
        return Dedupe.print(print, REPEATED);
    }
}
