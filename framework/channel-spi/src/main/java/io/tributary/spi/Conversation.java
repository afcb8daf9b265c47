package io.tributary.spi;

import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One conversation as a channel needs to know it.
///
/// @param line our end
/// @param address the other end: where a reply goes
/// @param thread the provider's thread inside it; null where there is none
/// @param lastFromCustomer when the customer last said something, by the provider's clock and never
///   later than it was received; what the provider tells of them is not their word; null: never
/// @param locale the customer's language as last seen; null: unknown
public record Conversation(
        ConversationId id,
        ChannelId channel,
        AccountId account,
        String line,
        String address,
        @Nullable String thread,
        @Nullable Instant lastFromCustomer,
        @Nullable Locale locale) {

    /// A conversation in which nobody has written yet.
    public static Conversation of(
            ConversationId id, ChannelId channel, AccountId account, String line, String address) {
        return new Conversation(id, channel, account, line, address, null, null, null);
    }

    /// The same, in which the customer last wrote at this time.
    public Conversation lastFromCustomer(Instant at) {
        return new Conversation(id, channel, account, line, address, thread, at, locale);
    }

    /// The same within a thread of the provider's.
    public Conversation thread(String name) {
        return new Conversation(
                id, channel, account, line, address, name, lastFromCustomer, locale);
    }

    /// The same with a customer who speaks this language.
    public Conversation locale(Locale language) {
        return new Conversation(
                id, channel, account, line, address, thread, lastFromCustomer, language);
    }

    /// Its id: the address is personal.
    @Override
    public String toString() {
        return "Conversation[" + id + "]";
    }
}
