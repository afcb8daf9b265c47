package io.tributary.host.journal;

import io.tributary.host.journal.Conversations.Conversation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A conversation as of its last interaction: what its row tells or will tell, and its way back.
/// Immutable.
record ConversationState(Conversation conversation, Skips way) {

    boolean open() {
        return conversation.closedAt() == null;
    }

    End end() {
        return new End(
                conversation.account().value(),
                conversation.line(),
                conversation.address(),
                conversation.thread());
    }

    /// One end of our accounts: of all open conversations one at most has it.
    record End(String account, String line, String address, @Nullable String thread) {}

    /// The same after an interaction.
    ///
    /// @param saidAt null: when it was received
    ConversationState with(
            long position, Change.Weight weight, Instant receivedAt, @Nullable Instant saidAt) {
        Conversation was = conversation;
        Instant from = was.lastFromCustomer();
        if (weight == Change.Weight.FROM_CUSTOMER) {
            from = latest(from, saidAt == null ? receivedAt : saidAt);
        }
        return new ConversationState(
                marked(
                        position,
                        later(was.lastAt(), receivedAt, was.lastPosition()),
                        weight.isContent() ? position : was.contentPosition(),
                        weight.isOfCustomer() ? position : was.customerPosition(),
                        from),
                way.with(position));
    }

    private static Instant later(Instant before, Instant now, long lastPosition) {
        return lastPosition == 0 || now.isAfter(before) ? now : before;
    }

    private static Instant latest(@Nullable Instant before, Instant now) {
        return before == null || now.isAfter(before) ? now : before;
    }

    private Conversation marked(
            long last,
            Instant lastAt,
            long content,
            long customer,
            @Nullable Instant fromCustomer) {
        Conversation was = conversation;
        return new Conversation(
                was.id(),
                was.customer(),
                was.channel(),
                was.account(),
                was.line(),
                was.address(),
                was.thread(),
                was.locale(),
                was.openedAt(),
                was.closedAt(),
                last,
                lastAt,
                content,
                customer,
                fromCustomer,
                was.claimedBy(),
                was.claimedName(),
                was.claimedAt());
    }

    ConversationState closed(Instant at) {
        Conversation was = conversation;
        return new ConversationState(
                new Conversation(
                        was.id(),
                        was.customer(),
                        was.channel(),
                        was.account(),
                        was.line(),
                        was.address(),
                        was.thread(),
                        was.locale(),
                        was.openedAt(),
                        at,
                        was.lastPosition(),
                        was.lastAt(),
                        was.contentPosition(),
                        was.customerPosition(),
                        was.lastFromCustomer(),
                        was.claimedBy(),
                        was.claimedName(),
                        was.claimedAt()),
                way);
    }

    ConversationState claimed(Change.Claim claim) {
        Conversation was = conversation;
        boolean released = claim.agent() == null;
        return new ConversationState(
                new Conversation(
                        was.id(),
                        was.customer(),
                        was.channel(),
                        was.account(),
                        was.line(),
                        was.address(),
                        was.thread(),
                        was.locale(),
                        was.openedAt(),
                        was.closedAt(),
                        was.lastPosition(),
                        was.lastAt(),
                        was.contentPosition(),
                        was.customerPosition(),
                        was.lastFromCustomer(),
                        claim.agent(),
                        released ? null : claim.name(),
                        released ? null : claim.at()),
                way);
    }
}
