package io.tributary.host.outbound;

import io.tributary.host.journal.Item;
import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came about an external id before the id was known, such as a receipt that overtook the
/// answer to the send. Whoever parked it knows its form and makes it into what is stored.
///
/// Blocking, thread safe.
@FunctionalInterface
public interface Parked {

    /// What waits for an external id that, in the same unit, becomes that of an interaction.
    ///
    /// @param part of the interaction; 0: all of it
    /// @param used another address of the conversation's end, which becomes known in the same unit;
    ///   null: there is none
    /// @return one item each, which expects that it still waits; empty where nothing does
    List<Item> take(
            AccountId account,
            String externalId,
            InteractionId interaction,
            int part,
            ConversationId conversation,
            @Nullable String used);
}
