package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads customers. Merges are aliases, resolved here. Blocking, thread safe.
public interface Customers {

    /// The customer an id stands for today, itself or the one it was merged into.
    Optional<Customer> byId(CustomerId id);

    /// A customer and all ids that resolve to it.
    Set<CustomerId> aliases(CustomerId id);

    /// Newest first. `before`: only customers created before this one; null for the first page.
    List<Customer> page(@Nullable CustomerId before, int limit);

    List<Identity> identities(Set<CustomerId> customers);

    List<Address> addresses(Set<CustomerId> customers);

    /// What was said last under each of the ids that resolve to the same customer as this one; in
    /// one step, since it is asked before each message.
    Map<CustomerId, Boolean> consents(
            CustomerId customer, AccountId account, String address, String purpose);

    record Customer(CustomerId id, @Nullable String name, Instant createdAt) {}

    record Identity(String type, String value, CustomerId customer, String evidence, Instant at) {}

    record Address(AccountId account, String address, String primary, CustomerId customer) {}
}
