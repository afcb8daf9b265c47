package io.tributary.wearables.mqtt;

import io.tributary.model.Content;
import io.tributary.model.Content.Alert.Severity;
import io.tributary.spi.Inbound;
import io.tributary.spi.InboundPart;
import io.tributary.spi.Party;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads alerts: `{"id","kind","severity","text","state","at","location"}`.
final class Alerts {

    /// Kinds that are known, however they are spelt. What somebody in danger presses, or what
    /// notices for them, is never less than this.
    private static final Map<String, Severity> LEAST =
            Map.of(
                    "sos",
                    Severity.CRITICAL,
                    "fall",
                    Severity.URGENT,
                    "geofence",
                    Severity.INFO,
                    "battery",
                    Severity.INFO);

    private Alerts() {}

    static Inbound read(String line, Party party, JsonNode alert) {
        var parts = new ArrayList<InboundPart>();
        parts.add(InboundPart.of(content(alert)));
        var place = location(alert.path("location"));
        if (place != null) {
            parts.add(InboundPart.of(place));
        }
        var inbound = Inbound.of(line, party, parts);
        var id = StrictJson.text(alert, "id");
        if (id.isEmpty()) {
            return inbound;
        }
        var name = Names.of("alert", party.address(), id);
        return isOver(alert) ? inbound.inReplyTo(name) : inbound.id(name);
    }

    private static Content content(JsonNode alert) {
        var kind = kind(StrictJson.need(alert, "kind"));
        var told = StrictJson.text(alert, "text");
        if (isOver(alert)) {
            var text = told.isEmpty() ? "The alert (" + kind + ") is over" : told;
            return new Content.Alert(kind, Severity.INFO, text);
        }
        var least = LEAST.getOrDefault(kind, Severity.INFO);
        var severity = severity(alert);
        return new Content.Alert(
                kind,
                severity.compareTo(least) < 0 ? least : severity,
                told.isEmpty() ? "Alert: " + kind : told);
    }

    private static String kind(String told) {
        var known = told.strip().toLowerCase(Locale.ROOT);
        return LEAST.containsKey(known) ? known : told;
    }

    private static boolean isOver(JsonNode alert) {
        var state = StrictJson.text(alert, "state").strip().toLowerCase(Locale.ROOT);
        return state.equals("ended") || state.equals("cancelled");
    }

    /// A word that is not known is looked at rather than passed over.
    private static Severity severity(JsonNode alert) {
        var word = StrictJson.text(alert, "severity").strip().toUpperCase(Locale.ROOT);
        for (var severity : Severity.values()) {
            if (severity.name().equals(word)) {
                return severity;
            }
        }
        return Severity.WARNING;
    }

    private static @Nullable Content location(JsonNode place) {
        var latitude = place.path("latitude");
        var longitude = place.path("longitude");
        if (!latitude.isNumber()
                || !longitude.isNumber()
                || Math.abs(latitude.doubleValue()) > 90
                || Math.abs(longitude.doubleValue()) > 180) {
            return null;
        }
        var accuracy = place.path("accuracy");
        boolean known = accuracy.isNumber() && accuracy.doubleValue() >= 0;
        return new Content.Location(
                latitude.doubleValue(),
                longitude.doubleValue(),
                known ? accuracy.doubleValue() : null,
                null,
                null,
                null);
    }
}
