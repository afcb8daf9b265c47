package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.InteractionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who and where: what an event is decided by. Blocking, thread safe, on the hot path.
public interface Directory {

    Optional<End> end(AccountId account, String address);

    /// The open conversation with the end, if any. `address` is the end's primary address.
    Optional<Conversations.Conversation> open(
            AccountId account, String line, String address, @Nullable String thread);

    Optional<CustomerId> identity(String type, String value);

    Optional<Reference> reference(AccountId account, String externalId);

    /// What waits for the external id, oldest first.
    List<Parked> parked(AccountId account, String externalId);

    /// Parked longer than since `before`, in the order in which they were parked.
    ///
    /// @param after only those with greater ids; 0 for the beginning
    List<Parked> parkedBefore(Instant before, long after, int limit);

    /// When something that looked like this came last, as far as that is remembered.
    Optional<Instant> printSeen(AccountId account, String print);

    /// Providers' ids of an interaction.
    List<Reference> references(InteractionId interaction);

    /// The other end on one account, whatever address it wrote from.
    record End(AccountId account, String primary, CustomerId customer) {}

    record Reference(
            AccountId account,
            String externalId,
            InteractionId interaction,
            int part,
            @Nullable ConversationId conversation) {}

    record Parked(long id, AccountId account, String externalId, Instant receivedAt, Bytes body) {}
}
