package io.tributary.host.inbound;

import io.tributary.host.journal.CustomerMerge;
import io.tributary.host.journal.Customers;
import io.tributary.host.journal.KnownMark;
import io.tributary.model.AccountId;
import io.tributary.model.CustomerId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Customers for whom nobody has vouched yet, such as whoever stands before a kiosk, for the events
/// of one unit. When a channel vouches for one in a session, and that is somebody who is known,
/// they are one from then on: nothing that was known is lost by it, and people can part them again.
/// Reads the journal.
final class Strangers {

    private static final String CLAIMED = "claimed";

    private final Customers customers;
    private final AccountId account;
    private final Instant now;
    private final Set<CustomerId> came = new HashSet<>(2);
    private final Set<CustomerId> known = new HashSet<>(2);
    private final Map<CustomerId, CustomerId> recognised = new HashMap<>(2);

    Strangers(Customers customers, AccountId account, Instant now) {
        this.customers = customers;
        this.account = account;
        this.now = now;
    }

    /// Somebody was met for the first time.
    void comes(CustomerId customer) {
        came.add(customer);
    }

    boolean are(CustomerId customer) {
        CustomerId today = today(customer);
        return !known.contains(today) && isStranger(today);
    }

    /// Whether two stand for one customer.
    boolean areOne(CustomerId one, CustomerId other) {
        return today(one).equals(today(other));
    }

    /// Somebody vouches for the customer, who is a stranger no more: on another member, too.
    void vouchedFor(CustomerId customer, Draft draft) {
        CustomerId today = today(customer);
        if (are(customer) && !came.contains(today)) {
            draft.expect(KnownMark.missing(today));
            draft.change(KnownMark.on(today, now));
        }
        known.add(today);
    }

    /// Makes a stranger the one who bears an identity that was vouched for.
    ///
    /// @return null: they are one already, or the customer is no stranger
    @Nullable CustomerMerge recognise(CustomerId customer, CustomerId bearer, Draft draft) {
        CustomerId from = today(customer);
        CustomerId into = today(bearer);
        if (from.equals(into) || !are(from)) {
            return null;
        }
        vouchedFor(from, draft);
        var merge = new CustomerMerge(from, into);
        merge.expects().forEach(draft::expect);
        merge.changes("account " + account, now).forEach(draft::change);
        recognised.put(from, into);
        return merge;
    }

    /// Whom the customer stands for, after what the unit has brought about.
    CustomerId today(CustomerId customer) {
        CustomerId stored =
                came.contains(customer)
                        ? customer
                        : customers.byId(customer).map(Customers.Customer::id).orElse(customer);
        return recognised.getOrDefault(stored, stored);
    }

    private boolean isStranger(CustomerId today) {
        return came.contains(today)
                || customers.identities(customers.aliases(today)).stream()
                        .allMatch(each -> each.evidence().equals(CLAIMED));
    }
}
