package io.tributary.host.outbound;

import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import org.jspecify.annotations.Nullable;

/// A draft for a conversation that exists.
///
/// @param line our end; null: the conversation's
/// @param address the other end, one of the same customer; null: the conversation's
/// @param target what an edit, a deletion, a reaction or a call order is about; null for none
/// @param inReplyTo what it answers; null for nothing in particular
/// @param expectedPosition the last inbound or colleague's content that the author has seen; null:
///   send whatever came meanwhile
/// @param replayed whether it repeats what failed before
public record Reply(
        ConversationId conversation,
        Draft draft,
        @Nullable String line,
        @Nullable String address,
        @Nullable InteractionId target,
        @Nullable InteractionId inReplyTo,
        @Nullable Long expectedPosition,
        boolean replayed) {

    /// A reply to where the conversation is, about nothing in particular.
    public static Reply of(ConversationId conversation, Draft draft) {
        return new Reply(conversation, draft, null, null, null, null, null, false);
    }

    /// The same, refused where somebody wrote after this position.
    public Reply expecting(@Nullable Long position) {
        return new Reply(conversation, draft, line, address, target, inReplyTo, position, replayed);
    }

    /// The same about an earlier interaction of the conversation.
    public Reply about(@Nullable InteractionId earlier) {
        return new Reply(
                conversation, draft, line, address, earlier, inReplyTo, expectedPosition, replayed);
    }

    /// The same as an answer to an earlier interaction of the conversation.
    public Reply answering(@Nullable InteractionId earlier) {
        return new Reply(
                conversation, draft, line, address, target, earlier, expectedPosition, replayed);
    }

    /// The same over other ends.
    public Reply via(@Nullable String ourEnd, @Nullable String otherEnd) {
        return new Reply(
                conversation,
                draft,
                ourEnd,
                otherEnd,
                target,
                inReplyTo,
                expectedPosition,
                replayed);
    }

    /// The same, as a repetition of what failed.
    public Reply again() {
        return new Reply(
                conversation, draft, line, address, target, inReplyTo, expectedPosition, true);
    }
}
