package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.InteractionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads conversations. Blocking, thread safe.
public interface Conversations {

    Optional<Conversation> byId(ConversationId id);

    /// An interaction together with a conversation as it is now, in one step: each message that
    /// goes out is read so. Empty where either is not kept.
    Optional<Placed> placed(InteractionId interaction, ConversationId id);

    record Placed(Row row, Conversation conversation) {}

    /// The conversations with one end, closed or not, those that were opened last first.
    ///
    /// @param address the end's primary address
    List<ConversationId> with(AccountId account, String address, int limit);

    /// Newest activity first.
    ///
    /// @param before only those whose last position is smaller; `Long.MAX_VALUE` for the first page
    List<Conversation> page(Query query, long before, int limit);

    /// Those in which anything happened after a position, in the order of their last activity, that
    /// of longest ago first: what moves while somebody pages is met again.
    ///
    /// @param without accounts whose conversations do not matter
    List<Conversation> active(Set<AccountId> without, long after, int limit);

    /// The interactions of one conversation, oldest first.
    ///
    /// @param after positions greater than this; 0 for the beginning
    List<Row> interactions(ConversationId id, long after, int limit);

    /// Those of them that say what others say from now on: edits and deletions.
    ///
    /// @param after as above
    List<Row> edits(ConversationId id, long after, int limit);

    /// The newest interactions before a position, oldest of them first.
    List<Row> interactionsBefore(ConversationId id, long before, int limit);

    /// Which conversations a list is to hold; null and empty sets mean all.
    ///
    /// @param accounts empty: all
    record Query(
            Set<AccountId> accounts,
            @Nullable ChannelId channel,
            @Nullable Boolean open,
            Set<CustomerId> customers,
            @Nullable String claimedBy) {}

    /// A conversation as of its last interaction.
    ///
    /// @param lastPosition of anything; what lists are sorted by
    /// @param contentPosition of the last content from anybody; 0: none
    /// @param customerPosition of the last content from the customer, or of what told that they
    ///   moved; 0: none
    /// @param lastFromCustomer when the customer last said something, by the provider's clock and
    ///   never later than it was received
    record Conversation(
            ConversationId id,
            CustomerId customer,
            ChannelId channel,
            AccountId account,
            String line,
            String address,
            @Nullable String thread,
            @Nullable String locale,
            Instant openedAt,
            @Nullable Instant closedAt,
            long lastPosition,
            Instant lastAt,
            long contentPosition,
            long customerPosition,
            @Nullable Instant lastFromCustomer,
            @Nullable String claimedBy,
            @Nullable String claimedName,
            @Nullable Instant claimedAt) {}
}
