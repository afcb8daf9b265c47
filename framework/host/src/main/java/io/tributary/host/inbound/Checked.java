package io.tributary.host.inbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.model.Actor;
import io.tributary.model.ChannelId;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Evidence;
import io.tributary.model.Identity;
import io.tributary.model.Json;
import io.tributary.model.Target;
import io.tributary.spi.Delivery;
import io.tributary.spi.Inbound;
import io.tributary.spi.InboundPart;
import io.tributary.spi.Party;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a plugin made of an event, checked against what an account may say, and with clean names
/// and ids. Contents are cleaned where they are written.
final class Checked {

    /// No longer than what can be delivered at once, all pieces of a whole together: what is longer
    /// was made up, and would be held several times until it is stored.
    private static final int MOST_TEXT = Delivery.MOST_BYTES;

    private Checked() {}

    /// @throws Nonsense it cannot be stored as it is
    static Inbound of(OpenAccount account, Inbound inbound) {
        ChannelId channel = inbound.channel();
        if (channel != null && !account.speaks().contains(channel)) {
            throw new Nonsense("the channel is none of those that the account speaks");
        }
        if (inbound.direction() == Direction.INTERNAL) {
            throw new Nonsense("what comes in is INBOUND, or OUTBOUND for an echo");
        }
        if (inbound.party() == null && inbound.target() instanceof Target.Until) {
            throw new Nonsense("a target that is a time needs a party");
        }
        return new Inbound(
                channel,
                CleanText.of(inbound.line()),
                party(account, inbound.party()),
                inbound.direction(),
                actor(inbound.actor()),
                CleanText.each(inbound.parts(), Checked::part),
                target(inbound.target()),
                CleanText.orNull(inbound.inReplyTo()),
                CleanText.orNull(inbound.thread()),
                inbound.occurredAt(),
                inbound.locale(),
                theirs(inbound.extensions()));
    }

    /// What begins as the host's own is left out: it would be believed to be.
    private static Map<String, Json> theirs(Map<String, Json> extensions) {
        if (extensions.keySet().stream().noneMatch(name -> name.startsWith(Meaning.OURS))) {
            return extensions;
        }
        var theirs = new HashMap<>(extensions);
        theirs.keySet().removeIf(name -> name.startsWith(Meaning.OURS));
        return theirs;
    }

    @SuppressWarnings("ReferenceEquality") // the same object: nothing was cleaned
    private static InboundPart part(InboundPart part) {
        if (length(part.content()) > MOST_TEXT) {
            throw new Nonsense(
                    "a text of more than "
                            + MOST_TEXT
                            + " characters; keep it as a medium and say where it is");
        }
        if (part.content() instanceof Content.Media media) {
            medium(media, part.fetch());
        } else if (part.fetch() != null) {
            throw new Nonsense("only media can be fetched, not " + part.content().type());
        }
        List<String> ids = CleanText.each(part.externalIds(), CleanText::of);
        return ids == part.externalIds()
                ? part
                : new InboundPart(part.content(), ids, part.fetch());
    }

    /// Of what may be of any length. Everything else is of many short fields, and an event of a
    /// million bytes cannot bring many.
    private static int length(Content content) {
        return switch (content) {
            case Content.Text text -> text.text().length();
            case Content.Custom custom -> custom.data().text().length();
            case Content.Transcript transcript -> transcript.text().length();
            case Content.Note note -> note.text().length();
            default -> 0;
        };
    }

    /// Bytes are to be fetched, or the plugin kept them, or they could not be had: else nobody
    /// would ever see them.
    private static void medium(Content.Media media, @Nullable String fetch) {
        boolean lost = media.state() == Content.Media.State.FAILED;
        if (fetch == null && media.id() == null && !lost) {
            throw new Nonsense("a medium has neither kept bytes nor a place to fetch them from");
        }
        if (fetch != null && media.id() != null) {
            throw new Nonsense("a medium is either kept already or to be fetched");
        }
    }

    private static @Nullable Party party(OpenAccount account, @Nullable Party party) {
        if (party == null) {
            return null;
        }
        return new Party(
                CleanText.of(party.address()),
                CleanText.orNull(party.name()),
                aliases(party),
                CleanText.each(party.identities(), each -> identity(account, each)),
                party.session());
    }

    private static Set<String> aliases(Party party) {
        if (party.aliases().isEmpty()) {
            return Set.of();
        }
        var aliases = new HashSet<String>();
        for (String alias : party.aliases()) {
            String clean = CleanText.of(alias);
            if (!clean.equals(party.address())) {
                aliases.add(clean);
            }
        }
        return aliases;
    }

    /// Evidence that nobody has checked is worth no more than a claim, and so is what the plugin is
    /// not entitled to vouch for, or what bears a type of the host's own.
    @SuppressWarnings("ReferenceEquality") // the same object: nothing was cleaned
    private static Identity identity(OpenAccount account, Identity identity) {
        Evidence evidence =
                identity.evidence() instanceof Evidence.ByChannel
                                && account.vouchesFor(identity.type())
                                && !identity.type().startsWith(Meaning.OURS)
                        ? identity.evidence()
                        : Evidence.CLAIMED;
        String value = CleanText.of(identity.value());
        return value == identity.value() && evidence == identity.evidence()
                ? identity
                : new Identity(CleanText.of(identity.type()), value, evidence);
    }

    private static @Nullable Actor actor(@Nullable Actor actor) {
        if (actor == null) {
            return null;
        }
        return new Actor(
                actor.kind(), CleanText.orNull(actor.id()), CleanText.orNull(actor.name()));
    }

    private static @Nullable Target target(@Nullable Target target) {
        return switch (target) {
            case null -> null;
            case Target.External external ->
                    new Target.External(
                            CleanText.of(external.id()), CleanText.orNull(external.recipient()));
            case Target.Known known -> known;
            case Target.Until until -> until;
        };
    }

    /// All of them, or a dead letter: half an event would be neither lost nor found.
    static List<Inbound> all(OpenAccount account, List<Inbound> inbounds) {
        if (inbounds.size() == 1) {
            return List.of(of(account, inbounds.getFirst()));
        }
        var checked = new ArrayList<Inbound>(inbounds.size());
        for (Inbound inbound : inbounds) {
            checked.add(of(account, inbound));
        }
        return checked;
    }
}
