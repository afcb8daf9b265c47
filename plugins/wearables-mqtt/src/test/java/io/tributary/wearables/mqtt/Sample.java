package io.tributary.wearables.mqtt;

import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.spi.Arrival;
import io.tributary.spi.Conversation;
import io.tributary.spi.Inbound;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.RawEvent;
import io.tributary.spi.WebhookRequest;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import io.tributary.wearables.mqtt.Topics.Kind;
import io.tributary.wearables.mqtt.Topics.Origin;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What tests have in common.
final class Sample {

    static final String DEVICE = "device-0";
    static final String PASSWORD = "a-password-for-tests";
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// When a [FakeHost] begins.
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    static final String HEART_RATE =
            """
            {"header":{"id":"123e4567-e89b-12d3-a456-426655440000",
              "creation_date_time":"2026-01-01T11:59:00Z",
              "schema_id":{"namespace":"omh","name":"heart-rate","version":"1.0"},
              "acquisition_provenance":{"source_name":"a band",
                "source_creation_date_time":"2026-01-01T11:58:30Z","modality":"sensed"},
              "user_id":"user1432"},
             "body":{"heart_rate":{"value":50,"unit":"beats/min"},
              "effective_time_frame":{"date_time":"2026-01-01T12:58:30+01:00"},
              "temporal_relationship_to_physical_activity":"at rest"}}
            """;

    private Sample() {}

    static TestSettings settings(URI provider) {
        return TestSettings.NONE
                .with("broker", "mqtt://" + provider.getHost() + ":" + provider.getPort())
                .with("topics", LoopbackBroker.ROOT);
    }

    static EventReader reader() {
        return new EventReader(new Averages(Map.of()));
    }

    static EventReader averaging(String code, Duration window) {
        return new EventReader(new Averages(Map.of(code, new Averages.Policy(window, false))));
    }

    static RawEvent event(Kind kind, String payload) {
        return event(kind, payload, null);
    }

    static RawEvent event(Kind kind, String payload, @Nullable String sentAt) {
        return reader().event(new Origin(DEVICE, kind), Bytes.utf8(payload), sentAt);
    }

    static List<Inbound> translated(RawEvent event) {
        return new Translation("wearables").of(Arrival.of(event, NOW));
    }

    static Inbound told(Kind kind, String payload) {
        return translated(event(kind, payload)).getFirst();
    }

    /// A heart rate of one record.
    static String heartRate(String record, String time, String value, String status) {
        return """
        {"resourceType":"Observation","identifier":[{"value":"%s"}],"status":"%s",
         "code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},
         "effectiveDateTime":"%s",
         "valueQuantity":{"value":%s,"system":"http://unitsofmeasure.org","code":"/min"}}
        """
                .formatted(record, status, time, value);
    }

    static WebhookRequest posted(String body) {
        return signed(Bytes.utf8(body));
    }

    static WebhookRequest signed(Bytes body) {
        var timestamp = Long.toString(NOW.getEpochSecond());
        return WebhookRequest.of("POST", FakeHost.webhookUrl("datapoints"), body, NOW)
                .path("datapoints")
                .header(Signature.ID, "msg_1")
                .header(Signature.TIMESTAMP, timestamp)
                .header(Signature.SIGNATURE, new Signature(SECRET).of("msg_1", timestamp, body));
    }

    static Conversation conversation() {
        return conversation(DEVICE);
    }

    static Conversation conversation(String address) {
        return Conversation.of(
                new ConversationId(new UUID(0x7000L, 1)),
                ChannelId.of(WearablesChannel.ID),
                FakeHost.ACCOUNT,
                "wearables",
                address);
    }

    static OutboundMessage message(Content content) {
        return OutboundMessage.of(
                "0-key-1", new InteractionId(new UUID(0x7000L, 2)), conversation(), NOW, content);
    }
}
