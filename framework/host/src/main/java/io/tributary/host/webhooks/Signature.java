package io.tributary.host.webhooks;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.tributary.model.Bytes;
import java.time.Instant;

/// Signatures as Standard Webhooks 1.0.0 has them, by its own library.
final class Signature {

    private Signature() {}

    /// @param secret `whsec_` and base64
    /// @param body UTF-8
    /// @return such as `v1,g0hM9SsE…`
    static String of(String secret, String id, Instant at, Bytes body) {
        try {
            return new Webhook(secret).sign(id, at.getEpochSecond(), body.utf8());
        } catch (EmptyWebhookSecretException | WebhookSigningException impossible) {
            throw new IllegalStateException("a webhook's secret cannot sign", impossible);
        }
    }
}
