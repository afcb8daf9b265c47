package io.tributary.wearables.mqtt;

import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.RawEvent;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Takes posted data points: one, or a list of them, signed.
final class DataPointDoor {

    private static final String PATH = "datapoints";
    private static final Duration REPEATED = Duration.ofHours(1);

    private final Signature signature;
    private final EventReader events;

    DataPointDoor(Signature signature, EventReader events) {
        this.signature = signature;
        this.events = events;
    }

    WebhookVerdict verify(WebhookRequest request) {
        if (!request.path().equals(PATH)) {
            return WebhookVerdict.refused(404, "data points are posted to " + PATH);
        }
        if (!request.method().equals("POST")) {
            return WebhookVerdict.refused(405, "data points are posted");
        }
        if (!signature.isOf(request)) {
            return WebhookVerdict.refused("not signed, or with another key");
        }
        var points = points(request);
        return points.size() > Delivery.MOST_EVENTS
                ? WebhookVerdict.refused(413, "more than 1,000 data points")
                : WebhookVerdict.accepted(Delivery.of(points));
    }

    /// What is genuine and cannot be read is kept whole.
    private List<RawEvent> points(WebhookRequest request) {
        var body = request.body();
        var said = StrictJson.read(body);
        if (said == null) {
            return List.of(RawEvent.of(EventReader.POINT, body, Dedupe.print(body, REPEATED)));
        }
        if (!said.isArray()) {
            return List.of(events.point(said));
        }
        var points = new ArrayList<RawEvent>();
        for (JsonNode point : said) {
            points.add(events.point(point));
        }
        return points;
    }
}
