package io.tributary.host.journal;

import io.tributary.model.CustomerId;
import java.time.Instant;

/// Written down with a customer who is a stranger no more: somebody has vouched for them, or people
/// have decided who they are not. Only a stranger is made one with somebody who is known without
/// anybody being asked, so it happens once, and not again after people have parted them.
///
/// It lies among the identities, where nobody else's has its type, so that of two who write it at
/// the same time one is told that it is there.
public final class KnownMark {

    private static final String TYPE = "tributary.known";

    private KnownMark() {}

    /// Nobody has vouched for the customer meanwhile.
    public static Expect missing(CustomerId customer) {
        return new Expect.IdentityFree(TYPE, customer.toString());
    }

    public static Change on(CustomerId customer, Instant now) {
        return new Change.BindIdentity(TYPE, customer.toString(), customer, "known", now);
    }

    /// Whether it is one, and nothing that a customer is known by.
    public static boolean is(Customers.Identity stored) {
        return stored.type().equals(TYPE);
    }
}
