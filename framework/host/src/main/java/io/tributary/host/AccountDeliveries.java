package io.tributary.host;

import io.tributary.host.accounts.Deliveries;
import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.inbound.Inbox;
import io.tributary.host.journal.Expect;
import io.tributary.model.AccountId;
import io.tributary.model.Signal;
import io.tributary.spi.Delivery;
import io.tributary.spi.NotStored;
import io.tributary.spi.Outcome;
import io.tributary.spi.Translates;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The way from connections and devices into the inbox.
final class AccountDeliveries implements Deliveries {

    private final Inbox inbox;
    private final Inbox.Signals signals;

    /// @param signals is shown what connections and devices signal
    AccountDeliveries(Inbox inbox, Inbox.Signals signals) {
        this.inbox = inbox;
        this.signals = signals;
    }

    /// On a thread of its own: a translation that hangs must not keep whoever delivers, and an
    /// interrupt of whoever delivers must not disturb the translation.
    @Override
    public CompletableFuture<List<Outcome>> deliver(
            OpenAccount account,
            Translates translates,
            @Nullable String device,
            List<Expect> expects,
            Delivery delivery) {
        var outcomes = new CompletableFuture<List<Outcome>>();
        try {
            account.calls()
                    .relay(
                            account.id(),
                            "deliver",
                            () -> begin(account, translates, device, expects, delivery, outcomes));
        } catch (RuntimeException closing) {
            outcomes.completeExceptionally(
                    new NotStored(NotStored.Why.UNAVAILABLE, "the account is being closed"));
        }
        return outcomes;
    }

    private void begin(
            OpenAccount account,
            Translates translates,
            @Nullable String device,
            List<Expect> expects,
            Delivery delivery,
            CompletableFuture<List<Outcome>> outcomes) {
        try {
            var _ =
                    inbox.deliver(account, translates, device, expects, delivery)
                            .whenComplete((all, failure) -> {
                                if (all == null) {
                                    outcomes.completeExceptionally(failure);
                                } else {
                                    outcomes.complete(all);
                                }
                            });
        } catch (RuntimeException | Error failure) {
            outcomes.completeExceptionally(failure);
            throw failure;
        }
    }

    @Override
    public void signal(AccountId account, Signal signal) {
        signals.pass(account, signal);
    }
}
