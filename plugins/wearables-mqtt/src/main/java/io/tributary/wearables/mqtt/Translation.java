package io.tributary.wearables.mqtt;

import io.tributary.model.Content;
import io.tributary.model.Identity;
import io.tributary.model.Json;
import io.tributary.model.Part;
import io.tributary.model.Target;
import io.tributary.spi.Arrival;
import io.tributary.spi.Inbound;
import io.tributary.spi.Malformed;
import io.tributary.spi.Party;
import io.tributary.spi.RawEvent;
import io.tributary.wearables.mqtt.Measurement.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What happened, out of what came. Pure: the line and the arrival only.
final class Translation {

    /// As the SPI has it of a send's key.
    private static final Pattern OURS = Pattern.compile("[0-9a-z-]{1,64}");

    /// Of a window that was cut into several, which of them it is.
    private static final String PART = WearablesChannel.ID + ".part";

    private final String line;

    Translation(String line) {
        this.line = line;
    }

    /// @throws Malformed it cannot be read
    List<Inbound> of(Arrival arrival) {
        var event = arrival.event();
        if (event.piece() != null) {
            return List.of(mean(arrival));
        }
        refuseLost(event);
        var said = StrictJson.needObject(event.body());
        return switch (event.kind()) {
            case "obs" -> List.of(measured(arrival, Observations.read(said), said));
            case EventReader.POINT -> List.of(measured(arrival, DataPoints.read(said), said));
            case "alert" -> List.of(told(arrival, said, Alerts.read(line, party(event), said)));
            case "tap" -> List.of(told(arrival, said, tap(event, said)));
            case "receipt" -> List.of(told(arrival, said, receipt(event, said)));
            default -> throw new Malformed("no event is of kind " + event.kind());
        };
    }

    private static void refuseLost(RawEvent event) {
        if (event.kind().equals(EventReader.NOWHERE)) {
            throw new Malformed("its topic is no UTF-8, or names no device");
        }
        if (event.kind().equals(EventReader.TOO_LONG)) {
            throw new Malformed("it is longer than what is taken: this is its beginning");
        }
    }

    /// A device, or, of what was posted, a user of somebody's app.
    private static Party party(RawEvent event) {
        if (event.kind().equals(EventReader.POINT)) {
            var user = event.note(EventReader.USER);
            return Party.of(Names.posted(user), Identity.byChannel("wearables.user", user));
        }
        var device = event.note(EventReader.DEVICE);
        return Party.of(device, Identity.byChannel("wearables.device", device));
    }

    /// What measured; null: nobody said, as of what was posted.
    private static @Nullable String device(RawEvent event) {
        return event.notes().get(EventReader.DEVICE);
    }

    private Inbound measured(Arrival arrival, Measurement measurement, JsonNode said) {
        var event = arrival.event();
        var party = party(event);
        var record = Names.of(party.address(), measurement.record());
        var inbound =
                switch (measurement.change()) {
                    case FINAL -> read(event, measurement, said).id(record);
                    case PRELIMINARY -> preliminary(event, measurement, said);
                    case CORRECTED, WITHDRAWN, CANCELLED ->
                            changed(event, measurement, said, record);
                };
        var to = measurement.period() == null ? null : measurement.to();
        return at(inbound, arrival, to, sent(event));
    }

    /// Known by a name of its own, so that it can be cancelled, and the final one corrected. Of one
    /// that is only announced there is nothing to cancel.
    private Inbound preliminary(RawEvent event, Measurement measurement, JsonNode said) {
        var inbound =
                read(event, measurement, said).extension("wearables-mqtt.preliminary", Json.TRUE);
        return measurement.values().isEmpty()
                ? inbound
                : inbound.id(preliminaryName(party(event), measurement));
    }

    private static String preliminaryName(Party party, Measurement measurement) {
        return Names.of(party.address(), measurement.record(), "preliminary");
    }

    private Inbound read(RawEvent event, Measurement measurement, JsonNode said) {
        return Inbound.of(line, party(event), contents(event, measurement, said));
    }

    private static Content[] contents(RawEvent event, Measurement measurement, JsonNode said) {
        var readings = measurement.readings(device(event));
        if (!readings.isEmpty()) {
            return readings.toArray(Content[]::new);
        }
        var whole = Json.of(StrictJson.write(said));
        return new Content[] {
            Content.custom("wearables-mqtt.observation", whole, "A measurement that is no figure")
        };
    }

    /// A reading of a window is no interaction of its own: there is nothing to edit or to delete.
    private Inbound changed(RawEvent event, Measurement measurement, JsonNode said, String record) {
        var party = party(event);
        boolean gone = measurement.change() != Change.CORRECTED;
        if (event.notes().containsKey(EventReader.AVERAGED)) {
            var what = gone ? "was withdrawn" : "was corrected";
            return Inbound.of(
                    line,
                    party,
                    Content.custom(
                            "wearables-mqtt.correction",
                            Json.of(StrictJson.write(said)),
                            "One of the values" + time(measurement) + " " + what));
        }
        var change =
                gone
                        ? new Content.Deleted()
                        : new Content.Edited(Part.of(contents(event, measurement, said)));
        var target =
                measurement.change() == Change.CANCELLED
                        ? preliminaryName(party, measurement)
                        : record;
        return Inbound.of(line, party, change).target(Target.external(target));
    }

    private static String time(Measurement measurement) {
        return measurement.period() == null ? "" : " of " + measurement.from();
    }

    private Inbound mean(Arrival arrival) {
        var party = party(arrival.event());
        var measured = arrival.events().stream().map(Translation::measurement).toList();
        var mean = Averages.mean(measured, device(arrival.event()));
        var inbound = Inbound.of(line, party, mean);
        var whole =
                EventReader.KEPT.equals(arrival.event().notes().get(EventReader.AVERAGED))
                        ? inbound.extension("wearables-mqtt.values", Averages.values(measured))
                        : inbound;
        var part = arrival.event().notes().get(EventReader.PART);
        var told = part == null ? whole : whole.extension(PART, Json.of(part));
        // what is received at that time is the first of them
        var ahead = ahead(measured.getFirst().to(), sent(arrival.event()), arrival);
        return at(told, mean.to(), ahead);
    }

    private static Measurement measurement(RawEvent event) {
        var said = StrictJson.needObject(event.body());
        return event.kind().equals(EventReader.POINT)
                ? DataPoints.read(said)
                : Observations.read(said);
    }

    private Inbound tap(RawEvent event, JsonNode tap) {
        var action = StrictJson.text(tap, "action");
        var label = StrictJson.text(tap, "label");
        if (action.isEmpty()) {
            var on = StrictJson.need(tap, "on");
            return Inbound.of(
                    line, party(event), new Content.Tap(on, label.isEmpty() ? null : label));
        }
        var made =
                Inbound.of(
                        line,
                        party(event),
                        new Content.ChoiceMade(action, label.isEmpty() ? action : label));
        var message = StrictJson.text(tap, "message");
        return message.isEmpty() || !isOurs(message) ? made : made.inReplyTo(message);
    }

    /// Whether that may be a message of ours, whose name only those know to whom it was shown. What
    /// devices name themselves has a slash: one could tell of another's readings.
    private static boolean isOurs(String message) {
        return OURS.matcher(message).matches();
    }

    /// By the device whose topic it came on, so that it counts for what that device was shown and
    /// nothing else.
    private Inbound receipt(RawEvent event, JsonNode receipt) {
        var status =
                switch (StrictJson.need(receipt, "status")) {
                    case "delivered" -> Content.Receipt.Status.DELIVERED;
                    case "read" -> Content.Receipt.Status.READ;
                    default -> throw new Malformed("no receipt has that status");
                };
        var message = StrictJson.need(receipt, "message");
        if (!isOurs(message)) {
            throw new Malformed("a receipt of what is no message of ours");
        }
        return Inbound.of(line, party(event), Content.receipt(status))
                .target(Target.external(message));
    }

    private static Inbound told(Arrival arrival, JsonNode said, Inbound inbound) {
        return at(inbound, arrival, Times.read(said, "at"), sent(arrival.event()));
    }

    private static @Nullable Instant sent(RawEvent event) {
        return Times.read(event.notes().get(EventReader.SENT));
    }

    /// When it happened. A clock that is ahead is put right by as much as it is surely wrong; what
    /// the device itself says of the time stays in the reading.
    private static Inbound at(
            Inbound inbound, Arrival arrival, @Nullable Instant said, @Nullable Instant sent) {
        return said == null ? inbound : at(inbound, said, ahead(said, sent, arrival));
    }

    private static Duration ahead(Instant said, @Nullable Instant sent, Arrival arrival) {
        var latest = sent == null || sent.isBefore(said) ? said : sent;
        return Times.ahead(latest, arrival.receivedAt());
    }

    private static Inbound at(Inbound inbound, Instant said, Duration ahead) {
        if (ahead.equals(Duration.ZERO)) {
            return inbound.at(said);
        }
        return inbound.at(said.minus(ahead))
                .extension("wearables-mqtt.clockAhead", Json.string(ahead.toString()));
    }
}
