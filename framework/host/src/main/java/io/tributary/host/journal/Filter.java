package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which interactions a reader wants; an empty set or null means all.
///
/// @param customers a customer and all that were merged into it
public record Filter(
        Set<ChannelId> channels,
        Set<AccountId> accounts,
        @Nullable ConversationId conversation,
        Set<CustomerId> customers,
        @Nullable Direction direction,
        Set<String> types) {

    public static final Filter ALL = new Filter(Set.of(), Set.of(), null, Set.of(), null, Set.of());

    public Filter {
        channels = Set.copyOf(channels);
        accounts = Set.copyOf(accounts);
        customers = Set.copyOf(customers);
        types = Set.copyOf(types);
    }

    public boolean accepts(Row row) {
        return (channels.isEmpty() || channels.contains(row.channel()))
                && (accounts.isEmpty() || accounts.contains(row.account()))
                && (conversation == null || conversation.equals(row.conversation()))
                && (customers.isEmpty()
                        || (row.customer() != null && customers.contains(row.customer())))
                && (direction == null || direction == row.direction())
                && (types.isEmpty() || types.contains(row.type()));
    }
}
