package io.tributary.host.accounts;

import io.tributary.model.AccountId;

/// For how long an opened account may use what it was given.
final class Lease {

    private final AccountId account;
    private volatile boolean ended;

    Lease(AccountId account) {
        this.account = account;
    }

    /// Refuses when it has ended.
    void check() {
        if (ended) {
            throw new IllegalStateException(
                    "account " + account + " was closed: nothing of its context may be used");
        }
    }

    void end() {
        ended = true;
    }
}
