package io.tributary.host.connections;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.spi.Account;
import io.tributary.spi.HoldsConnections;

/// An account as it is open now, with how many connections it holds.
///
/// @param holds the plugin's object, to be called through the account's calls only
record Holding(OpenAccount account, HoldsConnections holds, int slots) {

    private static final int MOST_SLOTS = 1_024;

    /// Asks the plugin for the number of slots; one where it cannot say.
    static Holding of(OpenAccount account, HoldsConnections holds) throws InterruptedException {
        var plugged = account.ability(Account.class);
        int slots = 1;
        if (plugged.isPresent()) {
            try {
                slots =
                        account.calls()
                                .ask(Calls.Kind.CAPABILITIES, account.id(), plugged.get()::slots);
            } catch (PluginFailure failed) {
                // a connection that does the work of all is better than none
                slots = 1;
            }
        }
        return new Holding(account, holds, Math.clamp(slots, 1, MOST_SLOTS));
    }
}
