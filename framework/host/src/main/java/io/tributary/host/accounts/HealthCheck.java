package io.tributary.host.accounts;

import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.Health;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Has an account ask its provider whether it works, and notes the answer as the account's health.
final class HealthCheck {

    private HealthCheck() {}

    /// Asks and waits for the answer; the health as it is where the account cannot ask.
    static Health now(ServingAccount account) throws InterruptedException {
        var asks = account.ability(ChecksHealth.class);
        if (asks.isEmpty()) {
            return account.health();
        }
        try {
            account.report(
                    account.calls().ask(Calls.Kind.CHECK, account.id(), () -> asks.get().check()));
        } catch (PluginFailure failure) {
            account.report(Health.down(Preparation.told(failure)));
        }
        return account.health();
    }

    /// Asks and waits no longer than `limit`; an answer that comes later is still noted.
    static void within(Duration limit, ServingAccount account) throws InterruptedException {
        if (account.ability(ChecksHealth.class).isEmpty()) {
            return;
        }
        var done = new CompletableFuture<Health>();
        Thread.ofVirtual()
                .name("check " + account.id())
                .start(() -> {
                    try {
                        done.complete(now(account));
                    } catch (InterruptedException interrupted) {
                        done.completeExceptionally(interrupted);
                    }
                });
        try {
            var _ = done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException unanswered) {
            account.report(Health.degraded("the provider has not yet answered whether it works"));
        }
    }
}
