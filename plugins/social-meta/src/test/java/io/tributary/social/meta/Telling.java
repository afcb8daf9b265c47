package io.tributary.social.meta;

import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Identity;
import io.tributary.model.Target;
import io.tributary.spi.Inbound;
import io.tributary.spi.InboundPart;
import io.tributary.spi.Party;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What an update became, in one line that a person can check.
final class Telling {

    private Telling() {}

    static String of(Inbound inbound) {
        var told = new StringJoiner(" | ");
        told.add(inbound.channel() == null ? "notice" : inbound.channel().value());
        if (inbound.direction() == Direction.OUTBOUND) {
            told.add("ours");
        }
        if (inbound.actor() != null) {
            told.add("by " + actor(inbound.actor()));
        }
        if (inbound.party() != null) {
            told.add("with " + party(inbound.party()));
        }
        inbound.parts().forEach(part -> told.add(part(part)));
        if (inbound.target() != null) {
            told.add("about " + target(inbound.target()));
        }
        if (inbound.inReplyTo() != null) {
            told.add("answers " + inbound.inReplyTo());
        }
        for (var name : new TreeSet<>(inbound.extensions().keySet())) {
            told.add("with " + name);
        }
        if (inbound.occurredAt() != null) {
            told.add("at " + inbound.occurredAt());
        }
        return told.toString();
    }

    private static String actor(Actor actor) {
        return actor.kind() + (actor.id() == null ? "" : " " + actor.id());
    }

    private static String party(Party party) {
        var identities = party.identities().stream().map(Telling::identity).toList();
        return party.address()
                + " "
                + new TreeSet<>(party.aliases())
                + " "
                + party.name()
                + " "
                + identities;
    }

    private static String identity(Identity identity) {
        return identity.type() + "=" + identity.value();
    }

    private static String part(InboundPart part) {
        var ids = part.externalIds().isEmpty() ? "" : " #" + part.externalIds().size();
        var fetch = part.fetch() == null ? "" : " from " + part.fetch();
        return content(part.content()) + ids + fetch;
    }

    private static String content(Content content) {
        return switch (content) {
            case Content.Media media ->
                    content.capability()
                            + " "
                            + media.mediaType()
                            + words(media.name())
                            + words(media.caption());
            case Content.Custom custom -> content.capability() + " " + custom.fallback();
            case Content.ChoiceMade made -> "choiceMade " + made.id() + " " + made.label();
            case Content.FormSubmitted form ->
                    "formSubmitted " + form.form() + " " + form.values().keySet();
            case Content.Order order ->
                    "order " + order.currency() + " " + content.fallback() + words(order.note());
            case Content.ContactCard card -> "contactCard " + card.name() + " " + reach(card);
            case Content.Handover handover ->
                    "handover " + actor(handover.from()) + " to " + actor(handover.to());
            default -> content.capability() + " " + content.fallback();
        };
    }

    private static String reach(Content.ContactCard card) {
        return card.reach().stream().map(reach -> reach.type() + "=" + reach.value()).toList()
                + words(card.organization());
    }

    private static String words(@Nullable String text) {
        return text == null ? "" : " '" + text + "'";
    }

    private static String target(Target target) {
        return switch (target) {
            case Target.External external ->
                    external.id()
                            + (external.recipient() == null ? "" : " of " + external.recipient());
            case Target.Until until -> "all until " + until.watermark();
            case Target.Known _ -> "known";
        };
    }
}
