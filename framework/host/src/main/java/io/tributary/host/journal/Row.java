package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An interaction as it lies in the log, with what readers filter by.
///
/// @param position dense, ascending, in commit order
/// @param type the first part's content type
/// @param body JSON without the position
public record Row(
        long position,
        InteractionId id,
        @Nullable ConversationId conversation,
        @Nullable CustomerId customer,
        ChannelId channel,
        AccountId account,
        Direction direction,
        String type,
        Instant receivedAt,
        Bytes body) {}
