package io.tributary.host.accounts;

import io.tributary.host.secrets.Redactor;
import io.tributary.model.AccountId;
import io.tributary.spi.Health;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How one opened account is, as far as anybody said. Logs each time its state changes.
final class AccountHealth {

    private static final Logger LOG = LoggerFactory.getLogger(AccountHealth.class);
    private static final int LONGEST = 500;

    private final AccountId account;
    private final Redactor redactor;
    private final AtomicReference<Health> current = new AtomicReference<>(Health.up());

    AccountHealth(AccountId account, Redactor redactor) {
        this.account = account;
        this.redactor = redactor;
    }

    Health current() {
        return current.get();
    }

    void report(Health health) {
        var action = health.action();
        var safe =
                new Health(
                        health.state(),
                        shown(health.text()),
                        action == null ? null : shown(action));
        var before = current.getAndSet(safe);
        if (before.state() != safe.state()) {
            LOG.info("account {} is {} {}", account, safe.state(), safe.text());
        }
    }

    private String shown(String text) {
        var redacted = redactor.redact(text);
        return redacted.length() <= LONGEST ? redacted : redacted.substring(0, LONGEST) + "…";
    }
}
