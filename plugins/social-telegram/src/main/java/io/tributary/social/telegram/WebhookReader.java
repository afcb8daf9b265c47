package io.tributary.social.telegram;

import io.tributary.spi.Delivery;
import io.tributary.spi.Secret;
import io.tributary.spi.WebhookReply;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;

/// Takes what Telegram posts (https://core.telegram.org/bots/api#setwebhook): one update at a time.
///
/// The token in its header is all that is genuine about it: the body is not signed.
final class WebhookReader {

    static final String HEADER = "x-telegram-bot-api-secret-token";

    private final Secret secret;

    WebhookReader(Secret secret) {
        this.secret = secret;
    }

    WebhookVerdict verify(WebhookRequest request) {
        var given = request.headers(HEADER);
        if (given.size() != 1 || !secret.matches(given.getFirst())) {
            return WebhookVerdict.refused(
                    given.isEmpty()
                            ? "the secret token is missing: register the webhook anew"
                            : "the secret token does not fit: register the webhook anew");
        }
        if (!request.method().equals("POST")) {
            return WebhookVerdict.refused(405, "Telegram posts");
        }
        var update = StrictJson.read(request.body());
        // what cannot be read is kept, too: refused, it would come again and again for a day, and
        // hold up what comes from the same chat
        var delivery = Delivery.of(UpdateReader.event(request.body(), update));
        var pressed = update == null ? null : Callbacks.answer(update);
        return pressed == null
                ? WebhookVerdict.accepted(delivery)
                : WebhookVerdict.accepted(
                        delivery,
                        WebhookReply.ok(
                                "application/json",
                                pressed.put("method", "answerCallbackQuery").toString()));
    }
}
