package io.tributary.wearables.mqtt;

import io.tributary.model.Bytes;
import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Support;
import io.tributary.spi.Capabilities.Unit;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a wearable can be shown: a glance of text, and at most two things to tap on.
///
/// @param length of a text, in code points
/// @param label of an action, in code points
record Outgoing(Topics topics, int length, int label) {

    private static final int QOS_1 = 1;
    private static final int MOST_ACTIONS = 2;
    private static final int USUAL_LENGTH = 160;
    private static final int USUAL_LABEL = 16;
    private static final long LONGEST_EXPIRY = 0xFFFFFFFFL;

    static Outgoing of(Topics topics, Settings settings) {
        return new Outgoing(
                topics,
                Math.toIntExact(settings.number("textLength", USUAL_LENGTH)),
                Math.toIntExact(settings.number("labelLength", USUAL_LABEL)));
    }

    Capabilities capabilities() {
        var text = Support.full().length(length, Unit.CODE_POINTS);
        return Capabilities.NONE
                .with("text", text)
                .with("choices", text.count(MOST_ACTIONS).label(label))
                .receipts(Content.Receipt.Status.DELIVERED, Content.Receipt.Status.READ)
                .start();
    }

    /// The message as a device reads it; null: a wearable cannot be shown that.
    ///
    /// @param id of the packet
    Packet.@Nullable Publish show(OutboundMessage message, int id, Instant now) {
        var device = message.conversation().address();
        var payload = payload(message);
        if (payload == null || !Topics.isLevel(device)) {
            return null;
        }
        var properties =
                PacketProperties.NONE
                        .number(
                                PacketProperties.MESSAGE_EXPIRY,
                                seconds(Duration.between(now, message.expiresAt())))
                        .text(PacketProperties.CONTENT_TYPE, "application/json")
                        .text(PacketProperties.RESPONSE_TOPIC, topics.answers(device))
                        .with(
                                new PacketProperties.Binary(
                                        PacketProperties.CORRELATION_DATA,
                                        Bytes.utf8(message.key())));
        return new Packet.Publish(topics.show(device), payload, QOS_1, id, false, properties);
    }

    /// The broker drops what nobody fetched in time.
    private static long seconds(Duration left) {
        return Math.clamp(left.toSeconds(), 1, LONGEST_EXPIRY);
    }

    private static @Nullable Bytes payload(OutboundMessage message) {
        if (message.parts().size() > 1 || message.target() != null) {
            return null;
        }
        return switch (message.content()) {
            case Content.Text text -> payload(message.key(), text.text(), List.of());
            case Content.Choices choices when choices.choices().size() <= MOST_ACTIONS ->
                    payload(message.key(), choices.text(), choices.choices());
            default -> null;
        };
    }

    private static Bytes payload(String key, String text, List<Choice> choices) {
        var shown = StrictJson.object().put("id", key).put("text", text);
        if (!choices.isEmpty()) {
            var actions = shown.putArray("actions");
            for (var choice : choices) {
                actions.addObject().put("id", choice.id()).put("label", choice.label());
            }
        }
        return Bytes.utf8(StrictJson.write(shown));
    }
}
