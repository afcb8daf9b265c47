package io.tributary.social.telegram;

import io.tributary.spi.AccountContext;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;

/// A bot to whose webhook Telegram posts its updates.
final class WebhookAccount extends TelegramAccount implements ReceivesWebhooks {

    private final WebhookReader webhooks;

    WebhookAccount(Bot bot, AccountContext context) {
        super(bot, context, true);
        this.webhooks = new WebhookReader(context.settings().secret("webhookSecret"));
    }

    @Override
    public WebhookVerdict verify(WebhookRequest request) {
        return webhooks.verify(request);
    }
}
