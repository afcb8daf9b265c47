package io.tributary.host.connections;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.Wire;
import io.tributary.host.connections.SlotKeeper.Kept;
import io.tributary.spi.Connection;
import io.tributary.spi.HoldsConnections;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The connections of one account: one keeper per slot. Where the number of slots changes, all of
/// the old division leave before the first of the new one connects, since their shares overlap.
///
/// Changes come one after another, on virtual threads; the rest may come from any thread.
@SuppressWarnings("ReferenceEquality") // an account opened anew is another object
final class AccountConnections {

    private final Surroundings surroundings;
    private volatile List<SlotKeeper> keepers = List.of();
    private @Nullable OpenAccount account;

    AccountConnections(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /// Follows the account. Blocks where connections have to leave first.
    ///
    /// @param find looks for it; null: it is not open
    synchronized void be(Supplier<@Nullable OpenAccount> find) throws InterruptedException {
        var now = find.get();
        if (now == account) {
            keepers.forEach(SlotKeeper::look);
            return;
        }
        account = now;
        var holds = now == null ? null : now.ability(HoldsConnections.class).orElse(null);
        if (now == null || holds == null) {
            leave();
            return;
        }
        var holding = Holding.of(now, holds);
        var healths = new SlotHealths(holding.slots(), now::report);
        var kept = new Kept(holding, healths);
        healths.begin();
        if (keepers.size() == holding.slots()) {
            keepers.forEach(each -> each.move(kept));
            return;
        }
        leave();
        var made = new ArrayList<SlotKeeper>();
        for (int number = 0; number < holding.slots(); number++) {
            made.add(new SlotKeeper(kept, number, surroundings));
        }
        keepers = List.copyOf(made);
        made.forEach(SlotKeeper::start);
    }

    /// All leave, side by side; blocks until they have.
    private void leave() throws InterruptedException {
        var all = keepers;
        all.forEach(SlotKeeper::leave);
        for (var each : all) {
            each.awaitLeft();
        }
        keepers = List.of();
    }

    /// Who sends for an address now; null: nobody.
    @Nullable Wire wire(String address) {
        var all = keepers;
        return all.isEmpty() ? null : all.get(Shares.of(address, all.size())).wire();
    }

    /// The connection that an address falls to, while it is up; null: it is not.
    @Nullable Connection current(String address) {
        var all = keepers;
        return all.isEmpty() ? null : all.get(Shares.of(address, all.size())).current();
    }
}
