package io.tributary.host.outbound;

import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Outbox;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionId;
import io.tributary.model.Part;
import io.tributary.model.Target;
import io.tributary.spi.Conversation;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Sent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All that is needed to hand a send to a channel and to write down what came of it.
///
/// @param parts of this send, as the channel gets them
record Carriage(
        Outbox.Send send,
        Interaction interaction,
        Conversations.Conversation stored,
        Ends ends,
        List<Part> parts) {

    /// Reads it; empty where the interaction or its conversation is no longer kept. Blocking.
    static Optional<Carriage> of(Outbox.Send send, Journal journal) {
        return journal.conversations()
                .placed(send.interaction(), send.conversation())
                .map(placed -> of(send, Bodies.of(placed.row()), placed.conversation()));
    }

    private static Carriage of(
            Outbox.Send send, Interaction interaction, Conversations.Conversation stored) {
        return new Carriage(
                send,
                interaction,
                stored,
                new Ends(interaction.line(), interaction.address()),
                parts(send.firstPart(), send.parts(), interaction));
    }

    /// The same after the send has moved on.
    Carriage with(Outbox.Send moved) {
        return new Carriage(moved, interaction, stored, ends, parts);
    }

    Conversation conversation() {
        return ends.told(stored);
    }

    /// The number under which this send's deliveries are kept: 0, all of the interaction, where the
    /// send carries all of it.
    int part() {
        return part(send, interaction);
    }

    static int part(Outbox.Send send, Interaction interaction) {
        return part(send.firstPart(), send.parts(), interaction);
    }

    /// @param first the number of a send's first part
    /// @param count how many parts it has
    static int part(int first, int count, Interaction interaction) {
        return count == interaction.parts().size() ? 0 : first;
    }

    /// The number under which the deliveries of what the provider took are kept.
    int part(Sent one) {
        boolean single = interaction.parts().size() == 1;
        return carries(one.part()) && !single ? one.part() : part();
    }

    /// Whether a part that the channel names belongs to this send.
    boolean carries(int part) {
        return part >= send.firstPart() && part < send.firstPart() + send.parts();
    }

    /// The message as attempt `number` hands it over. Blocking.
    OutboundMessage message(int number, Instant now, Journal journal) {
        var firstTried = send.firstTriedAt();
        return new OutboundMessage(
                send.key(),
                interaction.id(),
                conversation(),
                interaction.actor(),
                parts,
                reference(interaction.target(), journal),
                reference(interaction.inReplyTo(), journal),
                sent(journal),
                number,
                firstTried == null ? now : firstTried,
                send.expiresAt(),
                theirs(interaction));
    }

    /// What the provider took of this send in earlier attempts.
    List<Sent> sent(Journal journal) {
        if (send.attempt() == 0) {
            return List.of();
        }
        return journal.directory().references(interaction.id()).stream()
                .filter(reference -> !SendKey.isOf(interaction.id(), reference.externalId()))
                .filter(reference -> reference.part() == part() || carries(reference.part()))
                .map(reference ->
                        new Sent(
                                carries(reference.part()) ? reference.part() : 0,
                                reference.externalId()))
                .toList();
    }

    /// What answers to earlier attempts said of that: those ids are kept as segments, whatever the
    /// provider took. An id that only a receipt has brought is none of them. Blocking.
    List<Sent> answered(Journal journal) {
        if (send.attempt() == 0) {
            return List.of();
        }
        var parts = new TreeSet<Integer>();
        parts.add(part());
        for (int i = 0; i < send.parts(); i++) {
            parts.add(send.firstPart() + i);
        }
        return parts.stream()
                .flatMap(part ->
                        journal.outbox().segments(interaction.id(), part).of().stream()
                                .map(segment ->
                                        new Sent(carries(part) ? part : 0, segment.externalId())))
                .toList();
    }

    private static OutboundMessage.@Nullable Reference reference(
            @Nullable Target target, Journal journal) {
        if (!(target instanceof Target.Known known)) {
            return null;
        }
        InteractionId id = known.interaction();
        return new OutboundMessage.Reference(
                id,
                journal.directory().references(id).stream()
                        .map(Directory.Reference::externalId)
                        .filter(externalId -> !SendKey.isOf(id, externalId))
                        .toList());
    }

    /// What is meant for the provider.
    static Map<String, io.tributary.model.Json> theirs(Interaction interaction) {
        var theirs = new LinkedHashMap<>(interaction.extensions());
        theirs.keySet().removeIf(name -> name.startsWith(Draft.OURS));
        return theirs;
    }

    /// Parts of an interaction as the channel gets them.
    ///
    /// @param first the number of the first
    /// @param count how many
    static List<Part> parts(int first, int count, Interaction interaction) {
        var degraded = Degraded.of(interaction);
        return interaction.parts().stream()
                .filter(part -> part.number() >= first && part.number() < first + count)
                .filter(part -> !degraded.isLost(part.number()))
                .map(part -> {
                    var sent = degraded.sent(part.number(), part.content());
                    return sent.equals(part.content()) ? part : new Part(part.number(), sent);
                })
                .toList();
    }
}
