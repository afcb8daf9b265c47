package io.tributary.host.connections;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.Wire;
import io.tributary.host.connections.SlotKeeper.Kept;
import io.tributary.spi.Connection;
import io.tributary.spi.Health;
import io.tributary.spi.HoldsConnections;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The connections of one account: one keeper per slot. Where the number of slots changes, all of
/// the old division leave before the first of the new one connects, since their shares overlap.
/// While the channel does not say the number, the one before stays; where none is known, none
/// connects. A guess would divide the addresses wrongly.
///
/// Changes come one after another, on virtual threads; the rest may come from any thread.
@SuppressWarnings("ReferenceEquality") // an account opened anew is another object
final class AccountConnections {

    private final Surroundings surroundings;
    private volatile List<SlotKeeper> keepers = List.of();
    private @Nullable OpenAccount account;

    /// How many slots the account has was asked for and not answered yet.
    private boolean unsure;

    private boolean asksAgain;
    private int failures;

    AccountConnections(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /// Follows the account. Blocks where connections have to leave first.
    ///
    /// @param find looks for it; null: it is not open
    synchronized void be(Supplier<@Nullable OpenAccount> find) throws InterruptedException {
        var now = find.get();
        boolean anew = now != account;
        if (!anew && !unsure) {
            keepers.forEach(SlotKeeper::look);
            return;
        }
        account = now;
        var holds = now == null ? null : now.ability(HoldsConnections.class).orElse(null);
        if (now == null || holds == null) {
            unsure = false;
            leave();
            return;
        }
        int slots = slots(now, find);
        if (slots == 0) {
            now.report(
                    Health.down(
                            "the channel does not say how many connections it holds, asking again"));
            return;
        }
        if (!anew && keepers.size() == slots) {
            keepers.forEach(SlotKeeper::look);
            return;
        }
        be(new Holding(now, holds, slots));
    }

    /// @return as many as before while the channel does not say; 0: that is not known either
    private int slots(OpenAccount now, Supplier<@Nullable OpenAccount> find)
            throws InterruptedException {
        unsure = true;
        var slots = Holding.slots(now);
        if (slots.isEmpty()) {
            askAgain(find);
            return keepers.size();
        }
        unsure = false;
        failures = 0;
        return slots.getAsInt();
    }

    private void askAgain(Supplier<@Nullable OpenAccount> find) {
        if (asksAgain) {
            return;
        }
        asksAgain = true;
        var wait = surroundings.pace().before(failures++);
        Thread.ofVirtual()
                .name("connections asked for")
                .inheritInheritableThreadLocals(false)
                .start(() -> {
                    try {
                        Thread.sleep(wait);
                        synchronized (this) {
                            asksAgain = false;
                            be(find);
                        }
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private void be(Holding holding) throws InterruptedException {
        var healths = new SlotHealths(holding.slots(), holding.account()::report);
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

    /// Into how many slots it is divided; 0: that is not known, or the account holds no
    /// connections.
    int slots() {
        return keepers.size();
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
