package io.tributary.host.webhooks;

import io.tributary.host.journal.WebhookRecords.Setup;
import java.net.URI;

/// What the audit says of webhooks. Of addresses only the hosts: what follows may hold a secret.
final class AuditText {

    private AuditText() {}

    /// Of one that is new.
    static String of(Setup setup) {
        return setup.name() + "; host " + host(setup) + "; filter " + setup.filter();
    }

    /// Of one that was changed.
    static String of(Setup before, Setup after) {
        var text = new StringBuilder(after.name());
        if (!before.name().equals(after.name())) {
            text.append("; name was ").append(before.name());
        }
        if (!before.url().equals(after.url())) {
            text.append("; host ").append(host(before)).append(" to ").append(host(after));
        }
        if (!before.filter().equals(after.filter())) {
            text.append("; filter ").append(before.filter()).append(" to ").append(after.filter());
        }
        if (before.state() != after.state()) {
            text.append("; ").append(before.state()).append(" to ").append(after.state());
        }
        return text.toString();
    }

    private static String host(Setup setup) {
        return URI.create(setup.url()).getHost();
    }
}
