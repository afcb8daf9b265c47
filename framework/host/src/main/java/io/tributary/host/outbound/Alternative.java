package io.tributary.host.outbound;

import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import java.util.List;

/// Something that may be done instead of a reply that cannot be sent.
public sealed interface Alternative {

    /// Content of one of these types, in the same conversation.
    record OtherContent(List<String> types) implements Alternative {
        public OtherContent {
            types = List.copyOf(types);
        }
    }

    /// The same words in another open conversation with the same customer.
    record OtherConversation(ConversationId id, ChannelId channel, AccountId account)
            implements Alternative {}

    /// The same words in a conversation that is still to be begun, with an end from which the
    /// customer has written before.
    record NewConversation(ChannelId channel, AccountId account, String line, String address)
            implements Alternative {}
}
