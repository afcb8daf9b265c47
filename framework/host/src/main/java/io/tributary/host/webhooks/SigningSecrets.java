package io.tributary.host.webhooks;

import io.tributary.host.journal.WebhookRecords;
import io.tributary.host.journal.WebhookRecords.Setup;
import io.tributary.host.journal.WebhookRecords.Webhook;
import io.tributary.host.secrets.MasterKeys;
import io.tributary.host.secrets.SecretsUnusable;
import io.tributary.model.Bytes;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// What webhooks sign with: made here, shown once, kept sealed. Thread safe.
final class SigningSecrets {

    /// As Standard Webhooks marks a symmetric secret.
    private static final String PREFIX = "whsec_";

    private static final int RANDOM_BYTES = 32;

    private final MasterKeys keys;
    private final SecureRandom random = new SecureRandom();

    SigningSecrets(MasterKeys keys) {
        this.keys = keys;
    }

    String fresh() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    Bytes seal(String webhook, String secret) {
        return keys.seal(Bytes.utf8(secret), about(webhook));
    }

    /// Those that sign now; the newest is first.
    ///
    /// @throws SecretsUnusable the master key is not here, or a row was tampered with
    List<String> open(Setup setup, Instant now) throws SecretsUnusable {
        List<String> secrets = new ArrayList<>(2);
        secrets.add(keys.open(setup.secret(), about(setup.id())).utf8());
        Bytes former = setup.former();
        Instant until = setup.formerUntil();
        if (former != null && until != null && until.isAfter(now)) {
            secrets.add(keys.open(former, about(setup.id())).utf8());
        }
        return secrets;
    }

    /// Seals anew what was sealed with a master key that is to go.
    void renew(WebhookRecords records, Webhook webhook) throws SecretsUnusable {
        Setup setup = webhook.setup();
        Bytes former = setup.former();
        if (keys.outdated(setup.secret()) || (former != null && keys.outdated(former))) {
            var _ =
                    records.reseal(
                            webhook,
                            again(setup.id(), setup.secret()),
                            former == null ? null : again(setup.id(), former));
        }
    }

    private Bytes again(String webhook, Bytes sealed) throws SecretsUnusable {
        return keys.seal(keys.open(sealed, about(webhook)), about(webhook));
    }

    /// Bound to its webhook: copied to another one, it does not open.
    private static String about(String webhook) {
        return "webhook " + webhook + " secret";
    }
}
