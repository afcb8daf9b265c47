package io.tributary.host.customers;

import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Customers;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.KnownMark;
import io.tributary.host.phones.PhoneNumbers;
import io.tributary.model.AccountId;
import io.tributary.model.CustomerId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads customers as agent apps and operators see them. Blocking, thread safe.
public final class CustomerViews {

    private static final String CLAIMED = "claimed:";

    private final Journal journal;
    private final PhoneNumbers phones;

    /// @param phones in whose form numbers were stored
    public CustomerViews(Journal journal, PhoneNumbers phones) {
        this.journal = journal;
        this.phones = phones;
    }

    /// A customer with all that is known of who it is, over all that were merged into it.
    ///
    /// @param ids the customer's and those of all that were merged into it
    public record Customer(
            Customers.Customer customer,
            Set<CustomerId> ids,
            List<Identity> identities,
            List<Customers.Address> addresses) {}

    /// One thing that a customer is known by.
    ///
    /// @param claimed somebody said so; nobody checked it
    public record Identity(String type, String value, CustomerId customer, boolean claimed) {}

    /// Newest first.
    ///
    /// @param before only those created before this one; null for the first page
    public List<Customers.Customer> page(@Nullable CustomerId before, int limit) {
        return journal.customers().page(before, limit);
    }

    /// One customer, if the reader may see it.
    ///
    /// @param accounts that the reader may see; empty: all. A customer without an address on any of
    ///   them is not shown, nor is an identity that may have become known on another
    public Optional<Customer> find(CustomerId id, Set<AccountId> accounts) {
        Optional<Customers.Customer> found = journal.customers().byId(id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Set<CustomerId> ids = journal.customers().aliases(found.get().id());
        List<Customers.Address> all = journal.customers().addresses(ids);
        if (accounts.isEmpty()) {
            return Optional.of(new Customer(found.get(), ids, identities(ids), all));
        }
        List<Customers.Address> seen = new ArrayList<>();
        List<Customers.Address> hidden = new ArrayList<>();
        all.forEach(each -> (accounts.contains(each.account()) ? seen : hidden).add(each));
        return seen.isEmpty()
                ? Optional.empty()
                : Optional.of(new Customer(found.get(), ids, identities(ids, seen, hidden), seen));
    }

    /// An identity is stored without the account on which it became known. So it is shown where it
    /// is a shown address itself, however that is written, or where all addresses of whom it was
    /// bound to are shown.
    private List<Identity> identities(
            Set<CustomerId> ids, List<Customers.Address> seen, List<Customers.Address> hidden) {
        Set<String> addresses = new HashSet<>();
        Set<CustomerId> whole = new HashSet<>();
        for (Customers.Address each : seen) {
            addresses.add(each.address());
            addresses.add(phones.compared(each.account(), each.address()));
            whole.add(each.customer());
        }
        hidden.forEach(each -> whole.remove(each.customer()));
        return identities(ids).stream()
                .filter(each -> whole.contains(each.customer()) || addresses.contains(each.value()))
                .toList();
    }

    /// The customer's conversations over all channels, newest activity first.
    ///
    /// @param accounts that the reader may see; empty: all
    /// @param before only those whose last position is smaller; `Long.MAX_VALUE` for the first page
    public List<Conversations.Conversation> conversations(
            CustomerId id, Set<AccountId> accounts, long before, int limit) {
        return journal.conversations()
                .page(
                        new Conversations.Query(
                                accounts, null, null, journal.customers().aliases(id), null),
                        before,
                        limit);
    }

    private List<Identity> identities(Set<CustomerId> ids) {
        var identities = new ArrayList<Identity>();
        for (Customers.Identity identity : journal.customers().identities(ids)) {
            if (!KnownMark.is(identity)) {
                identities.add(identity(identity));
            }
        }
        return identities;
    }

    /// A claim is stored under `claimed:<type>:<customer>`.
    private static Identity identity(Customers.Identity stored) {
        String type = stored.type();
        if (!type.startsWith(CLAIMED)) {
            return new Identity(type, stored.value(), stored.customer(), false);
        }
        int end = type.lastIndexOf(':');
        String said = end > CLAIMED.length() ? type.substring(CLAIMED.length(), end) : type;
        return new Identity(said, stored.value(), stored.customer(), true);
    }
}
