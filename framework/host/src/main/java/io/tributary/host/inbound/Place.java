package io.tributary.host.inbound;

import io.tributary.host.journal.Conversations;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import org.jspecify.annotations.Nullable;

/// A conversation as far as an interaction needs to know it.
///
/// @param address the primary address of the other end
record Place(
        ConversationId conversation,
        CustomerId customer,
        String line,
        String address,
        @Nullable String thread) {

    static Place of(Conversations.Conversation conversation) {
        return new Place(
                conversation.id(),
                conversation.customer(),
                conversation.line(),
                conversation.address(),
                conversation.thread());
    }
}
