package io.tributary.spi;

import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.InteractionId;
import io.tributary.model.Json;
import io.tributary.model.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is to be sent: the parts of one interaction that the channel takes together.
///
/// Edits, deletions, reactions and call orders are contents with a target and go this way, too.
///
/// @param key unique per send and the same in every attempt; known as external id before the call,
///   so a provider that repeats it in receipts needs no other. At most 64 characters `[0-9a-z-]`
/// @param id the interaction
/// @param actor who wrote it
/// @param parts at least one, already adapted to the capabilities
/// @param target what it is about; null: nothing earlier
/// @param inReplyTo what it answers; null: nothing in particular
/// @param sent what was taken in earlier attempts: go on after it
/// @param attempt 1 or more
/// @param firstTriedAt when the first attempt began
/// @param expiresAt after this it is of no use
/// @param extensions what the author set for this provider
public record OutboundMessage(
        String key,
        InteractionId id,
        Conversation conversation,
        Actor actor,
        List<Part> parts,
        @Nullable Reference target,
        @Nullable Reference inReplyTo,
        List<Sent> sent,
        int attempt,
        Instant firstTriedAt,
        Instant expiresAt,
        Map<String, Json> extensions) {

    private static final Duration USUAL_LIFE = Duration.ofHours(10);

    /// Something earlier, under the ids that the provider knows.
    ///
    /// @param externalIds empty where the provider has not named it yet
    public record Reference(InteractionId id, List<String> externalIds) {

        public Reference {
            externalIds = List.copyOf(externalIds);
        }
    }

    public OutboundMessage {
        Shape.name(key, "a send's key");
        parts = List.copyOf(parts);
        sent = List.copyOf(sent);
        extensions = Map.copyOf(extensions);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("an outbound message needs at least one part");
        }
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be at least 1, is " + attempt);
        }
    }

    /// A first attempt now, of use for ten hours.
    public static OutboundMessage of(
            String key,
            InteractionId id,
            Conversation conversation,
            Instant now,
            Content... contents) {
        return new OutboundMessage(
                key,
                id,
                conversation,
                Actor.SYSTEM,
                Part.of(contents),
                null,
                null,
                List.of(),
                1,
                now,
                now.plus(USUAL_LIFE),
                Map.of());
    }

    /// The same, written by somebody.
    public OutboundMessage by(Actor who) {
        return new OutboundMessage(
                key,
                id,
                conversation,
                who,
                parts,
                target,
                inReplyTo,
                sent,
                attempt,
                firstTriedAt,
                expiresAt,
                extensions);
    }

    /// The same about something earlier.
    public OutboundMessage target(Reference what) {
        return new OutboundMessage(
                key,
                id,
                conversation,
                actor,
                parts,
                what,
                inReplyTo,
                sent,
                attempt,
                firstTriedAt,
                expiresAt,
                extensions);
    }

    /// The same as an answer.
    public OutboundMessage inReplyTo(Reference what) {
        return new OutboundMessage(
                key,
                id,
                conversation,
                actor,
                parts,
                target,
                what,
                sent,
                attempt,
                firstTriedAt,
                expiresAt,
                extensions);
    }

    /// The same in a later attempt.
    ///
    /// @param taken in all attempts before
    public OutboundMessage attempt(int number, List<Sent> taken) {
        return new OutboundMessage(
                key,
                id,
                conversation,
                actor,
                parts,
                target,
                inReplyTo,
                taken,
                number,
                firstTriedAt,
                expiresAt,
                extensions);
    }

    /// The same, of no use after this.
    public OutboundMessage expiresAt(Instant end) {
        return new OutboundMessage(
                key,
                id,
                conversation,
                actor,
                parts,
                target,
                inReplyTo,
                sent,
                attempt,
                firstTriedAt,
                end,
                extensions);
    }

    /// The first part's content, which is all of it where the channel takes one part at a time.
    public Content content() {
        return parts.getFirst().content();
    }

    /// Key and attempt, and nothing that anybody said.
    @Override
    public String toString() {
        return "OutboundMessage[" + key + ", attempt " + attempt + "]";
    }
}
