package io.tributary.host.connections;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.spi.Account;
import io.tributary.spi.HoldsConnections;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An account as it is open now, with how many connections it holds.
///
/// @param holds the plugin's object, to be called through the account's calls only
record Holding(OpenAccount account, HoldsConnections holds, int slots) {

    private static final Logger LOG = LoggerFactory.getLogger(Holding.class);

    private static final int MOST_SLOTS = 1_024;

    /// Asks the plugin for the number of slots.
    ///
    /// @return empty: it does not say now
    static OptionalInt slots(OpenAccount account) throws InterruptedException {
        var plugged = account.ability(Account.class);
        if (plugged.isEmpty()) {
            return OptionalInt.of(1);
        }
        try {
            int slots =
                    account.calls()
                            .ask(Calls.Kind.CAPABILITIES, account.id(), plugged.get()::slots);
            return OptionalInt.of(Math.clamp(slots, 1, MOST_SLOTS));
        } catch (PluginFailure failed) {
            LOG.warn(
                    "account={} the channel does not say how many connections it holds ({}); it is"
                            + " asked again",
                    account.id(),
                    failed.why());
            return OptionalInt.empty();
        }
    }
}
