package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Customers;
import io.tributary.host.journal.Expect;
import io.tributary.model.AccountId;
import io.tributary.model.CustomerId;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Customers for whom nobody has vouched yet, such as whoever stands before a kiosk, for the events
/// of one unit. When a channel vouches for one, and that is somebody who is known, they are one
/// from then on: nothing that was known is lost by it, and people can part them again. Reads the
/// journal.
final class Strangers {

    private static final String CLAIMED = "claimed";

    private final Customers customers;
    private final AccountId account;
    private final Instant now;
    private final Set<CustomerId> came = new HashSet<>(2);
    private final Set<CustomerId> known = new HashSet<>(2);

    Strangers(Customers customers, AccountId account, Instant now) {
        this.customers = customers;
        this.account = account;
        this.now = now;
    }

    /// A stranger proved to be somebody.
    ///
    /// @param from the stranger
    record Recognised(CustomerId from, CustomerId into) {}

    /// Somebody was met for the first time.
    void comes(CustomerId customer) {
        came.add(customer);
    }

    /// Somebody vouches for the customer, who is a stranger no more.
    void vouchedFor(CustomerId customer) {
        known.add(customer);
    }

    /// Makes a stranger the one who bears an identity that was vouched for.
    ///
    /// @return null: they are one already, or the customer is no stranger
    @Nullable Recognised recognise(CustomerId customer, CustomerId bearer, Draft draft) {
        if (customer.equals(bearer) || known.contains(customer)) {
            return null;
        }
        CustomerId from = today(customer);
        CustomerId into = today(bearer);
        if (from.equals(into) || !isStranger(from)) {
            return null;
        }
        draft.expect(new Expect.CustomerUnmerged(from));
        draft.expect(new Expect.CustomerUnmerged(into));
        draft.change(new Change.MergeCustomer(from, into));
        draft.change(
                new Change.AddAudit(
                        "account " + account,
                        "customer.merge",
                        from.toString(),
                        "into " + into,
                        now));
        known.add(customer);
        return new Recognised(from, into);
    }

    private CustomerId today(CustomerId customer) {
        return came.contains(customer)
                ? customer
                : customers.byId(customer).map(Customers.Customer::id).orElse(customer);
    }

    private boolean isStranger(CustomerId customer) {
        return came.contains(customer)
                || customers.identities(customers.aliases(customer)).stream()
                        .allMatch(each -> each.evidence().equals(CLAIMED));
    }
}
