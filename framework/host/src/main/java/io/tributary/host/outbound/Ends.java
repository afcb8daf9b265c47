package io.tributary.host.outbound;

import io.tributary.host.journal.Conversations;
import io.tributary.spi.Conversation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Our end and the other end of a send.
record Ends(String line, String address) {

    static Ends of(Conversations.Conversation conversation) {
        return new Ends(conversation.line(), conversation.address());
    }

    /// The same over other ends, where they are given.
    Ends via(@Nullable String otherLine, @Nullable String otherAddress) {
        return new Ends(
                otherLine == null ? line : otherLine,
                otherAddress == null ? address : otherAddress);
    }

    /// The conversation as a channel is told of it, over these ends.
    Conversation told(Conversations.Conversation stored) {
        var locale = stored.locale();
        return new Conversation(
                stored.id(),
                stored.channel(),
                stored.account(),
                line,
                address,
                stored.thread(),
                stored.lastFromCustomer(),
                locale == null ? null : Locale.forLanguageTag(locale));
    }

    /// Nothing of it: the address is personal.
    @Override
    public String toString() {
        return "Ends[...]";
    }
}
