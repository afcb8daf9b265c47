package io.tributary.json;

import io.tributary.model.Interaction;
import io.tributary.model.PluginVersion;
import io.tributary.model.Target;

/// Writes the members of an interaction.
final class InteractionWriter {

    private InteractionWriter() {}

    /// The stored form: without the position, which the log knows and the body need not repeat.
    static void stored(JsonWriter out, Interaction interaction) {
        if (interaction.unknown().isEmpty()) {
            known(out, interaction);
        } else {
            Rendering.merged(out, known -> known(known, interaction), interaction.unknown());
        }
    }

    /// The form of the wire: the position first.
    static void positioned(JsonWriter out, Interaction interaction) {
        if (interaction.position() > 0) {
            out.number("position", interaction.position());
        }
        stored(out, interaction);
    }

    private static void known(JsonWriter out, Interaction interaction) {
        out.plain("id", interaction.id());
        out.plain("conversationId", interaction.conversation());
        out.plain("customerId", interaction.customer());
        out.plain("channel", interaction.channel());
        out.plain("account", interaction.account());
        out.text("line", interaction.line());
        out.text("address", interaction.address());
        out.constant("direction", Names.DIRECTION, interaction.direction());
        out.object("actor", interaction.actor(), ContentWriter::actor);
        out.instant("occurredAt", interaction.occurredAt());
        out.instant("receivedAt", interaction.receivedAt());
        out.object("target", interaction.target(), InteractionWriter::target);
        out.object("inReplyTo", interaction.inReplyTo(), InteractionWriter::target);
        out.text("thread", interaction.thread());
        var locale = interaction.locale();
        out.text("locale", locale == null ? null : locale.toLanguageTag());
        out.text("traceparent", interaction.traceparent());
        out.object("plugin", interaction.plugin(), InteractionWriter::plugin);
        out.mark("replayed", interaction.replayed());
        out.mark("possibleDuplicate", interaction.possibleDuplicate());
        out.jsons("extensions", interaction.extensions());
        out.list("parts", interaction.parts(), PartWriter::members);
        out.text("fallbackText", interaction.fallbackText());
    }

    private static void target(JsonWriter out, Target target) {
        switch (target) {
            case Target.External external -> out.text("externalId", external.id());
            case Target.Known known -> {
                out.plain("interaction", known.interaction());
                if (known.part() > 0) {
                    out.number("part", known.part());
                }
            }
            case Target.Until until -> out.instant("until", until.watermark());
        }
        out.text("recipient", target.recipient());
    }

    private static void plugin(JsonWriter out, PluginVersion plugin) {
        out.text("id", plugin.id());
        out.text("version", plugin.version());
    }
}
