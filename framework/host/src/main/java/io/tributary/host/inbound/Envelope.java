package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.json.InteractionJson;
import io.tributary.model.Actor;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionBuilder;
import io.tributary.model.InteractionId;
import io.tributary.model.Part;
import io.tributary.model.Target;
import io.tributary.spi.Inbound;
import io.tributary.spi.Party;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes interactions of what plugins say, and writes of interactions.
final class Envelope {

    private Envelope() {}

    /// @param place null: a notice, or parked until its place is known
    static Interaction of(
            Arrived arrived,
            Storing.Answered answered,
            InteractionId id,
            List<Part> parts,
            @Nullable Place place,
            boolean seenBefore) {
        Inbound inbound = answered.inbound();
        Party party = inbound.party();
        InteractionBuilder builder =
                Interaction.builder()
                        .id(id)
                        .channel(
                                inbound.channel() == null
                                        ? arrived.account().channel()
                                        : inbound.channel())
                        .account(arrived.account().id())
                        .line(inbound.line())
                        .address(party == null ? "" : party.address())
                        .direction(inbound.direction())
                        .actor(actor(inbound))
                        .receivedAt(arrived.receivedAt())
                        .occurredAt(
                                inbound.occurredAt() == null
                                        ? arrived.receivedAt()
                                        : inbound.occurredAt())
                        .target(inbound.target())
                        .inReplyTo(answered.inReplyTo())
                        .thread(inbound.thread())
                        .locale(inbound.locale())
                        .traceparent(arrived.traceparent())
                        .plugin(arrived.account().plugin())
                        .replayed(arrived.replayed())
                        .possibleDuplicate(seenBefore)
                        .extensions(inbound.extensions())
                        .parts(parts);
        if (place == null) {
            return builder.build();
        }
        if (party == null) {
            builder.address(place.address());
        }
        return in(place, builder, inbound.line()).build();
    }

    /// The same in its place, about an interaction that is known now.
    static Interaction arrive(Interaction waiting, Place place, Target.Known target) {
        return in(place, waiting.toBuilder(), waiting.line())
                .target(target)
                .address(waiting.address().isEmpty() ? place.address() : waiting.address())
                .build();
    }

    private static InteractionBuilder in(Place place, InteractionBuilder builder, String line) {
        if (line.isEmpty()) {
            builder.line(place.line());
        }
        return builder.conversation(place.conversation()).customer(place.customer());
    }

    static Change.Append append(Interaction interaction, Change.Weight weight) {
        return new Change.Append(
                interaction.id(),
                interaction.conversation(),
                interaction.customer(),
                interaction.channel(),
                interaction.account(),
                interaction.direction(),
                interaction.type(),
                weight,
                interaction.receivedAt(),
                Bytes.wrap(InteractionJson.encode(interaction)),
                interaction.occurredAt());
    }

    /// How a receipt moves what it is about; null for anything else.
    static Change.@Nullable Advance advance(Interaction interaction) {
        return interaction.content() instanceof Content.Receipt receipt
                        && interaction.target() instanceof Target.Known known
                ? new Change.Advance(
                        known.interaction(),
                        known.part(),
                        known.recipient() == null ? "" : known.recipient(),
                        receipt.status(),
                        receipt.reason(),
                        interaction.occurredAt())
                : null;
    }

    static Actor actor(Inbound inbound) {
        Actor said = inbound.actor();
        if (said != null) {
            return said;
        }
        Party party = inbound.party();
        return party != null && inbound.direction() == Direction.INBOUND
                ? Actor.customer(party.name())
                : Actor.SYSTEM;
    }
}
