package io.tributary.webchat;

import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.Part;
import io.tributary.model.Target;
import io.tributary.spi.Frame;
import io.tributary.spi.NotStored;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Writes the chat for one visitor's widget.
final class Shown {

    /// The host may allow less; the widget asks anew when a link has ended.
    static final Duration LINK = Duration.ofDays(1);

    private final Means means;
    private final PartForm parts;

    Shown(String address, Means means) {
        this.means = means;
        this.parts = new PartForm(address, means);
    }

    /// Why the widget cannot show a message; null: it can.
    static @Nullable SendResult refusal(OutboundMessage message) {
        for (var part : message.parts()) {
            if (!PartForm.canShow(part.content())) {
                return SendResult.rejected(
                        "content", "the widget does not show " + part.content().capability());
            }
        }
        return null;
    }

    /// The interaction is known to the widget by its id, so its answers name that.
    static SendResult accepted(OutboundMessage message) {
        return SendResult.accepted(List.of(Sent.whole(message.id().toString())))
                .reached(Content.Receipt.Status.DELIVERED);
    }

    Frame message(OutboundMessage message) throws NotStored {
        var shown = interaction(message.id().toString(), message.actor(), means.clock().instant());
        var target = message.target();
        about(shown, message.content(), target == null ? null : target.id().toString());
        add(shown, message.parts());
        var frame = Words.word("msg").put("key", message.key());
        frame.set("i", shown);
        return Words.frame(frame);
    }

    /// Null: there is nothing to see for a visitor.
    @Nullable Frame event(Interaction interaction, String cursor) throws NotStored {
        var content = interaction.content();
        if (!PartForm.isSeen(content, interaction.direction())) {
            return null;
        }
        var shown =
                interaction(
                        interaction.id().toString(), interaction.actor(), interaction.receivedAt());
        if (content instanceof Content.Changed || content instanceof Content.Visit) {
            shown.put("closed", true);
        } else {
            if (interaction.direction() == Direction.INBOUND) {
                own(shown, interaction);
            }
            about(shown, content, target(interaction));
            add(shown, interaction.parts());
        }
        var frame = Words.word("event").put("cursor", cursor);
        frame.set("i", shown);
        return Words.frame(frame);
    }

    private static ObjectNode interaction(String id, Actor actor, Instant at) {
        var shown = StrictJson.MAPPER.createObjectNode().put("id", id);
        shown.put("from", actor.kind().name().toLowerCase(Locale.ROOT)).put("at", at.toString());
        if (actor.name() != null && actor.kind() != Actor.Kind.CUSTOMER) {
            shown.put("name", actor.name());
        }
        return shown;
    }

    /// The widget shows already what its visitor said: it is to find it again.
    private static void own(ObjectNode shown, Interaction interaction) {
        shown.put("from", "customer");
        var id = interaction.extensions().get("webchat.id");
        if (id != null) {
            shown.set("cid", StrictJson.MAPPER.readTree(id.text()));
        }
    }

    private static void about(ObjectNode shown, Content content, @Nullable String target) {
        if (target != null && content instanceof Content.Edited) {
            shown.put("edits", target);
        }
        if (target != null && content instanceof Content.Deleted) {
            shown.put("deletes", target);
        }
    }

    private static @Nullable String target(Interaction interaction) {
        return interaction.target() instanceof Target.Known known
                ? known.interaction().toString()
                : null;
    }

    private void add(ObjectNode shown, List<Part> all) throws NotStored {
        var array = shown.putArray("parts");
        for (var part : all) {
            if (part.content() instanceof Content.Edited edited) {
                for (var now : edited.parts()) {
                    array.add(parts.of(now));
                }
            } else if (!(part.content() instanceof Content.Deleted)) {
                array.add(parts.of(part));
            }
        }
    }
}
