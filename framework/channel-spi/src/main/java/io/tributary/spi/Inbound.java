package io.tributary.spi;

import io.tributary.model.Actor;
import io.tributary.model.ChannelId;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Json;
import io.tributary.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that happened, as the channel understood it.
///
/// Without party and with a target it is about something earlier, such as a receipt; if what it is
/// about is not known yet, it waits for it (three days, then it is a dead letter). Without both it
/// is a notice about the account, for operators.
///
/// A receipt without a party has the provider's word. One that names a party is that end's word: it
/// counts for what was exchanged with that end, under any of its addresses and aliases, and is a
/// dead letter (`not-theirs`) where it is about anything else. So name it where the other end
/// itself says what it has got, such as a device.
///
/// @param channel which of the account's channels; null: the account's own
/// @param line our end, 1 to 512 characters; may be empty only in a notice
/// @param party the other end; null: not about somebody
/// @param direction INBOUND, or OUTBOUND for an echo of what our side sent elsewhere
/// @param actor who did it; null: the party, or the provider where there is none
/// @param target what it is about; null: nothing earlier
/// @param inReplyTo the provider's id of what it answers; null: nothing
/// @param thread the provider's thread; null: none
/// @param occurredAt by the provider's clock; null: it does not say
/// @param locale the customer's language, where the provider says so; null: unknown
/// @param extensions what only this provider knows, by a name that begins with the channel's, such
///   as `pager.region`
public record Inbound(
        @Nullable ChannelId channel,
        String line,
        @Nullable Party party,
        Direction direction,
        @Nullable Actor actor,
        List<InboundPart> parts,
        @Nullable Target target,
        @Nullable String inReplyTo,
        @Nullable String thread,
        @Nullable Instant occurredAt,
        @Nullable Locale locale,
        Map<String, Json> extensions) {

    public Inbound {
        parts = List.copyOf(parts);
        extensions = Map.copyOf(extensions);
        Shape.atMost(line, Shape.NAME, "an inbound's line");
        if (line.isEmpty() && party != null) {
            throw new IllegalArgumentException("an inbound with a party needs a line");
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("an inbound needs at least one part");
        }
    }

    /// Something that the party did.
    public static Inbound of(String line, Party party, Content... contents) {
        return of(line, party, parts(contents));
    }

    /// Something that the party did, in parts with ids or media of their own.
    public static Inbound of(String line, Party party, List<InboundPart> parts) {
        return bare(line, party, parts, null);
    }

    /// Something about what was earlier, such as a receipt.
    public static Inbound about(String line, Target target, Content... contents) {
        return about(line, target, parts(contents));
    }

    /// Something about what was earlier, in parts with ids or media of their own, such as the
    /// recording of a call.
    public static Inbound about(String line, Target target, List<InboundPart> parts) {
        return bare(line, null, parts, target);
    }

    /// A notice about the account, for operators.
    public static Inbound notice(Content... contents) {
        return bare("", null, parts(contents), null);
    }

    /// When it happened, by the provider's clock.
    public Inbound at(Instant time) {
        var copy = new Copy(this);
        copy.occurredAt = time;
        return copy.made();
    }

    /// On another of the account's channels.
    public Inbound channel(ChannelId other) {
        var copy = new Copy(this);
        copy.channel = other;
        return copy.made();
    }

    /// By somebody, where that is not the party. What the provider itself tells of the party, such
    /// as another number, is by [Actor#SYSTEM]: no word of theirs, so that it opens no send window.
    public Inbound by(Actor who) {
        var copy = new Copy(this);
        copy.actor = who;
        return copy.made();
    }

    /// An echo of what our side sent elsewhere. One whose id is ours already is a duplicate.
    public Inbound ours(Actor who) {
        var copy = new Copy(this);
        copy.direction = Direction.OUTBOUND;
        copy.actor = who;
        return copy.made();
    }

    /// With the provider's id of the whole: every part bears it. A receipt has none of its own:
    /// what it is about is known by this id as well from then on, if the id is not known yet.
    public Inbound id(String externalId) {
        var named = parts.stream().map(part -> part.id(externalId)).toList();
        var copy = new Copy(this);
        copy.parts = named;
        return copy.made();
    }

    /// About something earlier, such as an edit.
    public Inbound target(Target what) {
        var copy = new Copy(this);
        copy.target = what;
        return copy.made();
    }

    /// As an answer to what has this id at the provider's.
    public Inbound inReplyTo(String externalId) {
        var copy = new Copy(this);
        copy.inReplyTo = externalId;
        return copy.made();
    }

    /// Within a thread of the provider's.
    public Inbound thread(String name) {
        var copy = new Copy(this);
        copy.thread = name;
        return copy.made();
    }

    /// In this language.
    public Inbound locale(Locale language) {
        var copy = new Copy(this);
        copy.locale = language;
        return copy.made();
    }

    /// With something that only this provider knows.
    public Inbound extension(String name, Json value) {
        var more = new HashMap<>(extensions);
        more.put(Shape.name(name, "an extension's name"), value);
        var copy = new Copy(this);
        copy.extensions = more;
        return copy.made();
    }

    /// The first part's content.
    public Content content() {
        return parts.getFirst().content();
    }

    /// What it is made of, and nothing that a customer said.
    @Override
    public String toString() {
        return "Inbound[" + direction + ", " + parts.size() + " parts]";
    }

    private static Inbound bare(
            String line, @Nullable Party party, List<InboundPart> parts, @Nullable Target target) {
        return new Inbound(
                null,
                line,
                party,
                Direction.INBOUND,
                null,
                parts,
                target,
                null,
                null,
                null,
                null,
                Map.of());
    }

    private static List<InboundPart> parts(Content... contents) {
        if (contents.length == 1) {
            return List.of(InboundPart.of(contents[0]));
        }
        var parts = new ArrayList<InboundPart>(contents.length);
        for (var content : contents) {
            parts.add(InboundPart.of(content));
        }
        return parts;
    }

    /// The same, while some of it is changed: so each wither names what it changes alone.
    private static final class Copy {
        private @Nullable ChannelId channel;
        private final String line;
        private final @Nullable Party party;
        private Direction direction;
        private @Nullable Actor actor;
        private List<InboundPart> parts;
        private @Nullable Target target;
        private @Nullable String inReplyTo;
        private @Nullable String thread;
        private @Nullable Instant occurredAt;
        private @Nullable Locale locale;
        private Map<String, Json> extensions;

        Copy(Inbound from) {
            this.channel = from.channel;
            this.line = from.line;
            this.party = from.party;
            this.direction = from.direction;
            this.actor = from.actor;
            this.parts = from.parts;
            this.target = from.target;
            this.inReplyTo = from.inReplyTo;
            this.thread = from.thread;
            this.occurredAt = from.occurredAt;
            this.locale = from.locale;
            this.extensions = from.extensions;
        }

        Inbound made() {
            return new Inbound(
                    channel,
                    line,
                    party,
                    direction,
                    actor,
                    parts,
                    target,
                    inReplyTo,
                    thread,
                    occurredAt,
                    locale,
                    extensions);
        }
    }
}
